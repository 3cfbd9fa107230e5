package io.viewal.worker.dataset;

import java.util.List;
import java.util.Optional;

/**
 * How a lens bends the image of a pinhole camera, as OpenCV's calib3d writes it.
 *
 * @param coefficients of {@link Model#BROWN}: k1, k2, p1, p2, k3, k4, k5, k6; of {@link Model#FISHEYE}: k1, k2, k3, k4
 */
public record Distortion(Model model, List<Double> coefficients) {

    /** The functions that there are. */
    public enum Model {
        /** Radial and tangential; all zeros bend nothing. */
        BROWN,
        /** By the angle to the axis (Kannala and Brandt, 2006); all zeros are an equidistant lens, not a pinhole. */
        FISHEYE
    }

    public Distortion {
        coefficients = List.copyOf(coefficients);
        if (!coefficients.stream().allMatch(Double::isFinite)) {
            throw new IllegalArgumentException(
                    "the lens distortion " + coefficients + " has a number that is not finite");
        }
    }

    /** Radial and tangential distortion; empty when there is none. */
    public static Optional<Distortion> brown(double k1, double k2, double p1, double p2, double k3) {
        List<Double> all = List.of(k1, k2, p1, p2, k3, 0.0, 0.0, 0.0);
        return all.stream().allMatch(k -> k == 0) ? Optional.empty() : Optional.of(new Distortion(Model.BROWN, all));
    }

    /** A fisheye lens. */
    public static Distortion fisheye(double k1, double k2, double k3, double k4) {
        return new Distortion(Model.FISHEYE, List.of(k1, k2, k3, k4));
    }
}
