package io.viewal.worker.dataset.interchange;

import io.viewal.worker.dataset.VoidLabel;
import java.io.IOException;
import java.util.Optional;

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

    /**
     * Decodes a map of class ids.
     *
     * @param colors what its colours stand for; empty: it has ids, not colours
     * @throws IOException as {@link #read(byte[])}, or when it has a colour that is not known
     */
    public static IntegerImage read(byte[] file, Optional<LabelColors> colors) throws IOException {
        if (colors.isPresent() && !JpegScan.isJpeg(file)) {
            return colors.get().ids(file);
        }
        try {
            return read(file);
        } catch (IOException e) {
            boolean colored = !JpegScan.isJpeg(file) && e.getMessage().contains("channels");
            throw colored
                    ? new IOException(
                            e.getMessage() + ": lay a table of its colours, " + LabelColors.FILE
                                    + " with lines of name:r,g,b, beside transforms.json, or give it by --label-colors",
                            e)
                    : e;
        }
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
