package io.viewal.worker.dataset.importer.source;

import io.viewal.worker.dataset.Distortion;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Intrinsics;
import io.viewal.worker.dataset.interchange.DepthForm;
import io.viewal.worker.dataset.interchange.TransformsWriter;
import java.io.IOException;
import java.util.Optional;

/** A frame of a foreign scene. */
public sealed interface ForeignFrame {

    /** Name that the frame is written under. */
    String name();

    /**
     * A frame that can be imported, unless its pose or its images turn out to be broken.
     *
     * @param intrinsics in pixels of {@code cameraSize}, the origin at the image's upper left
     * @param cameraSize image size that the intrinsics are for
     * @param pose camera → world, 16 numbers, row-major, axes x right, y down, z forward; as it was read
     * @param images reads the images; may be called by any thread, while the frames are open
     * @param distortion of the lens; the frame is undistorted when it is imported
     * @param depth unit and kind of its depth, where they are not the scene's
     */
    record Posed(
            String name,
            Intrinsics intrinsics,
            ImageSize cameraSize,
            double[] pose,
            ImageReader images,
            Optional<Distortion> distortion,
            Optional<DepthForm> depth)
            implements ForeignFrame {

        /** A frame of a pinhole camera with the scene's form of depth. */
        public Posed(String name, Intrinsics intrinsics, ImageSize cameraSize, double[] pose, ImageReader images) {
            this(name, intrinsics, cameraSize, pose, images, Optional.empty(), Optional.empty());
        }

        /** The same with a lens. */
        public Posed with(Optional<Distortion> lens) {
            return new Posed(name, intrinsics, cameraSize, pose, images, lens, depth);
        }

        /** The same with a form of depth of its own. */
        public Posed with(DepthForm own) {
            return new Posed(name, intrinsics, cameraSize, pose, images, distortion, Optional.of(own));
        }
    }

    /**
     * A frame that the layout itself marks as unusable, which is no fault of the data set.
     *
     * @param reason a clause
     */
    record Lost(String name, String reason) implements ForeignFrame {}

    /**
     * A frame that breaks the layout's rules.
     *
     * @param problem names the file; a clause
     */
    record Broken(String name, String problem) implements ForeignFrame {}

    /** Reads a frame's images. */
    @FunctionalInterface
    interface ImageReader {

        /** @throws io.viewal.worker.InvalidInputException when an image is missing or broken; names its file */
        TransformsWriter.Images read() throws IOException;
    }
}
