package io.viewal.worker.dataset.interchange;

import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.VoidLabel;

/**
 * Brings the images of a frame that are no colours to the working size.
 *
 * @param view of the frame
 * @param color size of its colour image
 * @param size the working size
 */
record FrameImages(PinholeView view, ImageSize color, ImageSize size) {

    /** Sensors round their sizes: 1296 × 968 colour goes with 640 × 480 depth. */
    private static final double ASPECT_TOLERANCE = 0.01;

    /** float32 [height, width] in metres. */
    float[] depth(SourcePlace place, IntegerImage image, double metresAUnit) {
        if (image.bits() != 16) {
            throw place.invalid(
                    "depth has " + image.bits() + " bits a pixel, expected a 16-bit grey PNG of depth units");
        }
        requireSameAspect(place, image.size(), "the colour image", color);
        DepthUnit unit = new DepthUnit(metresAUnit);
        char[] units = Resize.nearest(view.depth(image), size);
        float[] metres = new float[units.length];
        for (int p = 0; p < units.length; p++) {
            metres[p] = unit.metres(units[p]);
        }
        return metres;
    }

    /** uint8 [height, width] of class ids. */
    byte[] labels(SourcePlace place, IntegerImage image) {
        requireSameAspect(place, image.size(), "the colour image", color);
        char[] ids = Resize.nearest(view.labels(image), size);
        byte[] labels = new byte[ids.length];
        for (int p = 0; p < ids.length; p++) {
            labels[p] = (byte) Math.min(ids[p], VoidLabel.ID);
        }
        return labels;
    }

    /** uint16 [height, width] of region ids. */
    char[] regions(SourcePlace place, IntegerImage image) {
        requireSameAspect(place, image.size(), "the colour image", color);
        return Resize.nearest(view.regions(image), size);
    }

    static void requireSameAspect(SourcePlace place, ImageSize size, String what, ImageSize expected) {
        double ratio = (double) size.width() * expected.height() / ((double) size.height() * expected.width());
        if (Math.abs(ratio - 1) > ASPECT_TOLERANCE) {
            throw place.invalid("it is " + size + " pixels, " + what + " " + expected
                    + ": the shapes differ; both must show the same field of view");
        }
    }
}
