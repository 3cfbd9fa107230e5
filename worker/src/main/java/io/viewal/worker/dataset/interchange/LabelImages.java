package io.viewal.worker.dataset.interchange;

import io.viewal.worker.dataset.VoidLabel;
import java.io.IOException;

/** Maps of class or region ids, in files that keep every id. */
public final class LabelImages {

    private static final int VOID_16_BIT = 0xffff;

    private LabelImages() {}

    /**
     * Decodes a map.
     *
     * @throws IOException when it can't be decoded, or is a JPEG, which changes ids
     */
    public static IntegerImage read(byte[] file) throws IOException {
        if (JpegScan.isJpeg(file)) {
            throw new IOException(
                    "it is a JPEG, which changes the ids near outlines; write maps of ids as PNG, from their"
                            + " source");
        }
        return ImageFiles.readInteger(file);
    }

    /** Every pixel is checked, also those that the working size leaves out. */
    static void requireKnown(SourcePlace place, IntegerImage image, int classes) {
        for (char id : image.values()) {
            if (id >= classes && id != VoidLabel.ID && !(id == VOID_16_BIT && image.bits() == 16)) {
                throw place.invalidLabels("label id " + (int) id + " is outside the class list (0 to " + (classes - 1)
                        + ", or 255 for void); map the ids to the list or add the class");
            }
        }
    }
}
