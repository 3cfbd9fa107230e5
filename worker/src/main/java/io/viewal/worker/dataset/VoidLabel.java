package io.viewal.worker.dataset;

/** The label of pixels that have none: void in the ground truth, or not labeled yet. */
public final class VoidLabel {

    public static final int ID = 255;

    private VoidLabel() {}

    /** Whether no pixel has a label: uint8 [pixels]. */
    public static boolean fills(byte[] labels) {
        for (byte label : labels) {
            if (label != (byte) ID) {
                return false;
            }
        }
        return true;
    }
}
