package io.viewal.worker.dataset;

/** The label of pixels that have none: void in the ground truth, or not labeled yet. */
public final class VoidLabel {

    public static final int ID = 255;

    private VoidLabel() {}
}
