package io.viewal.worker.dataset.interchange;

import io.viewal.worker.dataset.CameraPose;
import io.viewal.worker.dataset.Distortion;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Intrinsics;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What {@code transforms.json} says of one frame; paths are relative to the scene's folder and safe.
 *
 * @param name stem of the colour file
 * @param camera its lens
 * @param pose camera → world with OpenCV's axes
 * @param colorPath PNG or JPEG
 * @param depthPath 16-bit grey PNG
 * @param depth unit and kind of its depth
 * @param labelPath 8- or 16-bit PNG of class ids; null: none
 * @param superpixelPath 8- or 16-bit PNG of region ids; null: none
 * @param digests SHA-256 by path, of those files that one is known of
 */
record FrameDescription(
        String name,
        Camera camera,
        CameraPose pose,
        String colorPath,
        String depthPath,
        DepthForm depth,
        String labelPath,
        String superpixelPath,
        Map<String, String> digests) {

    /**
     * A camera.
     *
     * @param intrinsics in pixels of {@code size}
     * @param size of the image that the intrinsics are for; null: the colour image's
     * @param distortion empty: a pinhole
     */
    record Camera(Intrinsics intrinsics, ImageSize size, Optional<Distortion> distortion) {}

    FrameDescription with(DepthForm otherDepth) {
        return new FrameDescription(
                name, camera, pose, colorPath, depthPath, otherDepth, labelPath, superpixelPath, digests);
    }

    /** Of the frame's files. */
    List<String> paths() {
        return Stream.of(colorPath, depthPath, labelPath, superpixelPath)
                .filter(Objects::nonNull)
                .toList();
    }
}
