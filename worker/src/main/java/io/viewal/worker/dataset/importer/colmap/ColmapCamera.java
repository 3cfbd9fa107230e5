package io.viewal.worker.dataset.importer.colmap;

import io.viewal.worker.dataset.Distortion;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Intrinsics;
import java.util.List;
import java.util.Optional;

/**
 * A camera of a model.
 *
 * @param model such as PINHOLE
 * @param intrinsics null when the model is not known
 * @param distortion empty: a pinhole
 */
record ColmapCamera(String model, ImageSize size, Intrinsics intrinsics, Optional<Distortion> distortion) {

    /** COLMAP counts from the corner of a pixel, everything here from its centre. */
    private static final double CORNER = 0.5;

    /**
     * COLMAP's models, in the order of their numbers in its binary files.
     *
     * @param parameters how many numbers one has
     */
    record Model(String name, int parameters) {

        static final List<Model> ALL = List.of(
                new Model("SIMPLE_PINHOLE", 3),
                new Model("PINHOLE", 4),
                new Model("SIMPLE_RADIAL", 4),
                new Model("RADIAL", 5),
                new Model("OPENCV", 8),
                new Model("OPENCV_FISHEYE", 8),
                new Model("FULL_OPENCV", 12),
                new Model("FOV", 5),
                new Model("SIMPLE_RADIAL_FISHEYE", 4),
                new Model("RADIAL_FISHEYE", 5),
                new Model("THIN_PRISM_FISHEYE", 12),
                new Model("RAD_TAN_THIN_PRISM_FISHEYE", 16));

        static Optional<Model> named(String name) {
            return ALL.stream().filter(model -> model.name().equals(name)).findFirst();
        }
    }

    /**
     * A camera by its parameters, in COLMAP's order.
     *
     * @throws IllegalArgumentException when they are not as many as the model has, or make no camera
     */
    static ColmapCamera of(String model, ImageSize size, double[] p) {
        Model.named(model).filter(known -> known.parameters() != p.length).ifPresent(known -> {
            throw new IllegalArgumentException(
                    "a camera " + model + " has " + known.parameters() + " numbers, found " + p.length);
        });
        return switch (model) {
            case "SIMPLE_PINHOLE" -> pinhole(model, size, one(p), Optional.empty());
            case "PINHOLE" -> pinhole(model, size, two(p), Optional.empty());
            case "SIMPLE_RADIAL" -> pinhole(model, size, one(p), Distortion.brown(p[3], 0, 0, 0, 0));
            case "RADIAL" -> pinhole(model, size, one(p), Distortion.brown(p[3], p[4], 0, 0, 0));
            case "OPENCV" -> pinhole(model, size, two(p), Distortion.brown(p[4], p[5], p[6], p[7], 0));
            case "FULL_OPENCV" -> pinhole(model, size, two(p), Optional.of(rational(p)));
            case "OPENCV_FISHEYE" -> pinhole(model, size, two(p), fisheye(p[4], p[5], p[6], p[7]));
            case "SIMPLE_RADIAL_FISHEYE" -> pinhole(model, size, one(p), fisheye(p[3], 0, 0, 0));
            case "RADIAL_FISHEYE" -> pinhole(model, size, one(p), fisheye(p[3], p[4], 0, 0));
            default -> new ColmapCamera(model, size, null, Optional.empty());
        };
    }

    private static ColmapCamera pinhole(
            String model, ImageSize size, Intrinsics intrinsics, Optional<Distortion> distortion) {
        return new ColmapCamera(model, size, intrinsics, distortion);
    }

    /** One focal length: f, cx, cy. */
    private static Intrinsics one(double[] p) {
        return new Intrinsics(p[0], p[0], p[1] - CORNER, p[2] - CORNER);
    }

    /** Two of them: fx, fy, cx, cy. */
    private static Intrinsics two(double[] p) {
        return new Intrinsics(p[0], p[1], p[2] - CORNER, p[3] - CORNER);
    }

    /** The order of COLMAP is OpenCV's. */
    private static Distortion rational(double[] p) {
        return new Distortion(Distortion.Model.BROWN, List.of(p[4], p[5], p[6], p[7], p[8], p[9], p[10], p[11]));
    }

    private static Optional<Distortion> fisheye(double k1, double k2, double k3, double k4) {
        return Optional.of(Distortion.fisheye(k1, k2, k3, k4));
    }
}
