package io.viewal.worker.dataset.opencv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.viewal.worker.dataset.Distortion;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Intrinsics;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Images of a scene whose depth and colour are functions of the ray, seen through lenses that are written down here. */
class UndistortionTest {

    private static final ImageSize SIZE = new ImageSize(160, 120);
    private static final Intrinsics CAMERA = new Intrinsics(110, 115, 83, 57);
    private static final int ITERATIONS = 60;

    /** @param bends the point on the image plane at distance 1 that the lens shows at a pinhole's place */
    record Lens(Distortion distortion, UnaryOperator<double[]> bends) {}

    static Stream<Lens> lenses() {
        return Stream.of(
                new Lens(Distortion.brown(-0.25, 0.06, 0.001, -0.002, 0.01).orElseThrow(), p -> {
                    double r2 = p[0] * p[0] + p[1] * p[1];
                    double radial = 1 + r2 * (-0.25 + r2 * (0.06 + r2 * 0.01));
                    return new double[] {
                        p[0] * radial + 2 * 0.001 * p[0] * p[1] - 0.002 * (r2 + 2 * p[0] * p[0]),
                        p[1] * radial + 0.001 * (r2 + 2 * p[1] * p[1]) - 2 * 0.002 * p[0] * p[1]
                    };
                }),
                new Lens(Distortion.fisheye(0.05, -0.01, 0, 0), p -> {
                    double r = Math.hypot(p[0], p[1]);
                    double angle = Math.atan(r);
                    double bent = angle * (1 + 0.05 * angle * angle - 0.01 * Math.pow(angle, 4));
                    double scale = r == 0 ? 1 : bent / r;
                    return new double[] {p[0] * scale, p[1] * scale};
                }));
    }

    @ParameterizedTest
    @MethodSource("lenses")
    void eachPixelShowsWhatThePinholeCameraThatIsStatedSees(Lens lens) {
        Undistortion undistortion = new Undistortion(CAMERA, lens.distortion(), SIZE);
        byte[] color = undistortion.color(colors(lens), SIZE);
        char[] depth = undistortion.numbers(depths(lens), SIZE, OptionalInt.of(0));
        Intrinsics k = undistortion.camera();
        for (int p = 0; p < SIZE.pixels(); p++) {
            double x = (p % SIZE.width() - k.cx()) / k.fx();
            double y = (p / SIZE.width() - k.cy()) / k.fy();
            assertThat((double) depth[p]).as("depth of pixel %d", p).isCloseTo(depth(x, y), within(14.0));
            assertThat((double) (color[3 * p] & 0xff)).isCloseTo(red(x), within(2.5));
        }
    }

    private static double depth(double x, double y) {
        return 3000 + 1000 * x + 500 * y;
    }

    private static double red(double x) {
        return 128 + 60 * x;
    }

    private static byte[] colors(Lens lens) {
        byte[] rgb = new byte[3 * SIZE.pixels()];
        for (int p = 0; p < SIZE.pixels(); p++) {
            rgb[3 * p] = (byte) Math.round(red(ray(lens, p)[0]));
        }
        return rgb;
    }

    private static char[] depths(Lens lens) {
        char[] depth = new char[SIZE.pixels()];
        for (int p = 0; p < depth.length; p++) {
            double[] ray = ray(lens, p);
            depth[p] = (char) Math.round(depth(ray[0], ray[1]));
        }
        return depth;
    }

    /** What the lens shows at a pixel, by repeated correction. */
    private static double[] ray(Lens lens, int p) {
        double u = (p % SIZE.width() - CAMERA.cx()) / CAMERA.fx();
        double v = (p / SIZE.width() - CAMERA.cy()) / CAMERA.fy();
        double[] ray = {u, v};
        for (int i = 0; i < ITERATIONS; i++) {
            double[] shown = lens.bends().apply(ray);
            ray = new double[] {ray[0] + u - shown[0], ray[1] + v - shown[1]};
        }
        return ray;
    }
}
