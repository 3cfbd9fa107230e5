package io.viewal.worker.dataset.interchange;

import io.viewal.worker.dataset.Distortion;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Intrinsics;
import io.viewal.worker.dataset.VoidLabel;
import io.viewal.worker.dataset.opencv.Undistortion;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a pinhole camera would have seen in a frame's place: its images as they are, or those of a lens with distortion
 * undistorted, colour bilinearly, depth, class and region ids by the nearest pixel.
 */
public final class PinholeView {

    private final Intrinsics camera;
    private final Undistortion lens;

    private PinholeView(Intrinsics camera, Undistortion lens) {
        this.camera = camera;
        this.lens = lens;
    }

    /**
     * The view of a frame.
     *
     * @param camera in pixels of {@code size}
     * @param distortion empty: a pinhole already
     * @throws IllegalArgumentException when no pinhole camera sees what the lens saw
     */
    public static PinholeView of(Intrinsics camera, ImageSize size, Optional<Distortion> distortion) {
        if (distortion.isEmpty()) {
            return new PinholeView(camera, null);
        }
        Undistortion lens = new Undistortion(camera, distortion.get(), size);
        return new PinholeView(lens.camera(), lens);
    }

    /** The camera of the view, in pixels of the size that the lens is for. */
    public Intrinsics camera() {
        return camera;
    }

    /** Whether images are others than they were. */
    public boolean changes() {
        return lens != null;
    }

    ColorImage color(ColorImage image) {
        return lens == null ? image : new ColorImage(image.size(), lens.color(image.rgb(), image.size()));
    }

    IntegerImage depth(IntegerImage image) {
        return numbers(image, OptionalInt.of(0));
    }

    IntegerImage labels(IntegerImage image) {
        return numbers(image, OptionalInt.of(VoidLabel.ID));
    }

    IntegerImage regions(IntegerImage image) {
        return numbers(image, OptionalInt.empty());
    }

    /** @param outside what pixels get that the lens did not see; empty: what the nearest has */
    private IntegerImage numbers(IntegerImage image, OptionalInt outside) {
        return lens == null
                ? image
                : new IntegerImage(image.size(), image.bits(), lens.numbers(image.values(), image.size(), outside));
    }

    /**
     * A frame's images in this view; colour is encoded anew, without loss.
     *
     * @param color the decoded colour image
     */
    public TransformsWriter.Images images(ColorImage color, TransformsWriter.Images images) {
        return new TransformsWriter.Images(
                ImageFiles.png(color(color)),
                "png",
                depth(images.depth()),
                images.labels() == null ? null : labels(images.labels()),
                images.superpixels() == null ? null : regions(images.superpixels()));
    }
}
