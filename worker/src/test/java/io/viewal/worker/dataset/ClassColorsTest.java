package io.viewal.worker.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.color.ColorSpace;
import org.junit.jupiter.api.Test;

class ClassColorsTest {

    /** A just noticeable difference is about 2.3. */
    private static final double DISTINCT = 10;

    @Test
    void tells40ClassesApart() {
        for (int a = 0; a < 40; a++) {
            for (int b = 0; b < a; b++) {
                assertThat(difference(ClassColors.of(a), ClassColors.of(b)))
                        .as("classes %d and %d", a, b)
                        .isGreaterThan(DISTINCT);
            }
            assertThat(difference(ClassColors.of(a), ClassColors.of(VoidLabel.ID)))
                    .as("class %d and void", a)
                    .isGreaterThan(DISTINCT);
        }
    }

    /** The distance in CIELAB, CIE 1976. */
    private static double difference(int a, int b) {
        double[] first = lab(a);
        double[] second = lab(b);
        return Math.hypot(Math.hypot(first[0] - second[0], first[1] - second[1]), first[2] - second[2]);
    }

    private static double[] lab(int rgb) {
        // Relative to the white point D50.
        float[] xyz = ColorSpace.getInstance(ColorSpace.CS_CIEXYZ).fromRGB(new Color(rgb).getRGBColorComponents(null));
        double x = f(xyz[0] / 0.9642);
        double y = f(xyz[1]);
        double z = f(xyz[2] / 0.8249);
        return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
    }

    private static double f(double t) {
        return t > 216.0 / 24389 ? Math.cbrt(t) : (24389.0 / 27 * t + 16) / 116;
    }
}
