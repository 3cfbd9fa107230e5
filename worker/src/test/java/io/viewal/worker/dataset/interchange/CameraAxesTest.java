package io.viewal.worker.dataset.interchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.viewal.worker.dataset.CameraPose;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class CameraAxesTest {

    @Property
    void flippingTwiceGivesTheSameBits(@ForAll("poses") double[] pose) {
        assertThat(CameraAxes.flip(CameraAxes.flip(pose))).isEqualTo(pose);
        assertThat(CameraAxes.toOpenGl(CameraAxes.fromOpenGl(pose))).isEqualTo(pose);
    }

    @Property
    void bothConventionsPutAPointAtTheSamePlace(
            @ForAll("poses") double[] openGl, @ForAll("numbers") double x, @ForAll("numbers") double y) {
        double depth = 2.5;
        double[] bySeenUpAndBackward = apply(openGl, x, -y, -depth);
        double[] bySeenDownAndForward = apply(CameraAxes.fromOpenGl(openGl).matrix(), x, y, depth);
        assertThat(bySeenDownAndForward).containsExactly(bySeenUpAndBackward, within(1e-12));
    }

    @Property
    void rotationsAreRigidAndAnyScaleOrMirrorIsNot(@ForAll("poses") double[] pose) {
        assertThat(CameraAxes.isRigid(pose)).isTrue();
        double[] scaled = pose.clone();
        double[] mirrored = pose.clone();
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                scaled[row * 4 + column] *= 1.1;
            }
            mirrored[row * 4] *= -1;
        }
        assertThat(CameraAxes.isRigid(scaled)).isFalse();
        assertThat(CameraAxes.isRigid(mirrored)).isFalse();
    }

    @Test
    void aCameraThatLooksAlongOpenGlsMinusZLooksAlongWorldMinusZ() {
        double[] identity = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1};
        CameraPose pose = CameraAxes.fromOpenGl(identity);
        assertThat(apply(pose.matrix(), 0, 0, 3)).containsExactly(new double[] {0, 0, -3}, within(0.0));
        assertThat(apply(pose.matrix(), 0, 1, 0)).containsExactly(new double[] {0, -1, 0}, within(0.0));
    }

    @Test
    void aTransposedPoseIsNotRigid() {
        double[] transposed = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 3, 2, 1, 1};
        assertThat(CameraAxes.isRigid(transposed)).isFalse();
    }

    @Provide
    Arbitrary<Double> numbers() {
        return Arbitraries.doubles().between(-10, 10).ofScale(6);
    }

    /** Rotations of a yaw, a pitch and a roll, and translations. */
    @Provide
    Arbitrary<double[]> poses() {
        return Combinators.combine(
                        numbers(),
                        numbers(),
                        numbers(),
                        numbers().array(double[].class).ofSize(3))
                .as(CameraAxesTest::pose);
    }

    private static double[] pose(double yaw, double pitch, double roll, double[] t) {
        double[] r = multiply(multiply(rotation(0, 1, yaw), rotation(1, 2, pitch)), rotation(0, 2, roll));
        return new double[] {r[0], r[1], r[2], t[0], r[3], r[4], r[5], t[1], r[6], r[7], r[8], t[2], 0, 0, 0, 1};
    }

    private static double[] rotation(int a, int b, double angle) {
        double[] r = {1, 0, 0, 0, 1, 0, 0, 0, 1};
        r[a * 3 + a] = Math.cos(angle);
        r[b * 3 + b] = Math.cos(angle);
        r[a * 3 + b] = -Math.sin(angle);
        r[b * 3 + a] = Math.sin(angle);
        return r;
    }

    private static double[] multiply(double[] a, double[] b) {
        double[] product = new double[9];
        for (int i = 0; i < 9; i++) {
            for (int k = 0; k < 3; k++) {
                product[i] += a[i / 3 * 3 + k] * b[k * 3 + i % 3];
            }
        }
        return product;
    }

    private static double[] apply(double[] m, double x, double y, double z) {
        return new double[] {
            m[0] * x + m[1] * y + m[2] * z + m[3],
            m[4] * x + m[5] * y + m[6] * z + m[7],
            m[8] * x + m[9] * y + m[10] * z + m[11]
        };
    }
}
