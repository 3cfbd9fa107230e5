package io.viewal.worker.dataset.importer.tum;

import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Intrinsics;
import io.viewal.worker.dataset.importer.source.ForeignFrame;
import io.viewal.worker.dataset.importer.source.NumberText;
import io.viewal.worker.dataset.importer.source.Rotations;
import io.viewal.worker.dataset.importer.source.SourceFiles;
import io.viewal.worker.dataset.importer.source.SourceImages;
import io.viewal.worker.dataset.interchange.TransformsWriter;

/**
 * What the frames of a sequence are made from.
 *
 * @param camera in pixels of {@code size}
 * @param mirrored whether the poses are of a camera whose y axis points up: the world is mirrored with it
 */
record Sequence(
        SourceFiles files, ImageSize size, Intrinsics camera, boolean mirrored, TimedLines depths, TimedLines poses) {

    private static final double MOST_SECONDS_APART = 0.02;

    /** The frame of a colour image. */
    ForeignFrame frame(TimedLines.Line color) {
        String colorPath = color.words().getFirst();
        String file = colorPath.substring(colorPath.lastIndexOf('/') + 1);
        int dot = Math.max(0, file.lastIndexOf('.'));
        String name = file.substring(0, dot);
        TimedLines.Line depth = depths.nearest(color.seconds(), MOST_SECONDS_APART);
        TimedLines.Line pose = poses.nearest(color.seconds(), MOST_SECONDS_APART);
        if (depth == null || pose == null) {
            return new ForeignFrame.Lost(
                    name, "there is no " + (depth == null ? "depth image" : "pose") + " within 20 ms of it");
        }
        String depthPath = depth.words().getFirst();
        try {
            return new ForeignFrame.Posed(
                    name,
                    camera,
                    size,
                    matrix(pose),
                    () -> new TransformsWriter.Images(
                            files.read(colorPath),
                            file.substring(dot + 1),
                            SourceImages.depth(files.describe(depthPath), files.read(depthPath)),
                            SourceImages.laidBeside(files, "labels/" + name + ".png"),
                            null));
        } catch (IllegalArgumentException e) {
            return new ForeignFrame.Broken(name, poses + ", time " + pose.seconds() + ": " + e.getMessage());
        }
    }

    private double[] matrix(TimedLines.Line pose) {
        double[] n = NumberText.parse(String.join(" ", pose.words()), 7);
        double[] matrix = Rotations.ofQuaternion(n[3], n[4], n[5], n[6], n[0], n[1], n[2]);
        return mirrored ? mirrored(matrix) : matrix;
    }

    /** The pose when both the camera's and the world's y axis are turned round. */
    private static double[] mirrored(double[] pose) {
        double[] other = pose.clone();
        for (int column = 0; column < 4; column++) {
            other[4 + column] = -other[4 + column];
        }
        for (int row = 0; row < 4; row++) {
            other[4 * row + 1] = -other[4 * row + 1];
        }
        return other;
    }
}
