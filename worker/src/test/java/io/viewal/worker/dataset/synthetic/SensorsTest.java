package io.viewal.worker.dataset.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.viewal.worker.dataset.ImageSize;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SensorsTest {

    private static final ImageSize SIZE = new ImageSize(200, 150);

    @Test
    void depthNoiseGrowsWithTheDistance() {
        double near = deviation(1f);
        double far = deviation(4f);
        assertThat(near).isBetween(0.0012, 0.0030);
        assertThat(far).isBetween(0.02, 0.032);
    }

    @Test
    void depthIsLostOutOfRangeAndOnMirrors() {
        assertThat(lost(wall(20f, 1f))).isEqualTo(1);
        assertThat(lost(wall(0.1f, 1f))).isEqualTo(1);
        assertThat(lost(wall(2f, 0f))).isGreaterThan(0.4);
        assertThat(lost(wall(2f, 1f))).isLessThan(0.1);
    }

    @Test
    void depthIsLostMoreOftenAtGrazingAngles() {
        assertThat(lost(wall(2f, 0.03f))).isGreaterThan(lost(wall(2f, 0.15f)) + 0.1);
        assertThat(lost(wall(2f, 0.15f))).isGreaterThan(lost(wall(2f, 0.5f)));
    }

    @Test
    void depthIsLostBehindOutlines() {
        Rendering step = wall(1f, 1f);
        for (int p = 0; p < SIZE.pixels(); p++) {
            if (p % SIZE.width() >= 100) {
                step.depth()[p] = 2f;
            }
        }
        float[] depth = new DepthSensor(Draw.of(1)).measure(step);
        int front = 0;
        int behind = 0;
        for (int y = 0; y < SIZE.height(); y++) {
            front += depth[y * SIZE.width() + 99] == 0 ? 1 : 0;
            behind += depth[y * SIZE.width() + 100] == 0 ? 1 : 0;
        }
        assertThat(behind).isGreaterThan(SIZE.height() / 2);
        assertThat(front).isLessThan(SIZE.height() / 5);
    }

    @Test
    void exposureFollowsTheLight() {
        Rendering dim = wall(1f, 1f);
        Rendering bright = wall(1f, 1f);
        Arrays.fill(dim.light(), 0.1f);
        Arrays.fill(bright.light(), 0.4f);
        assertThat(mean(new ColorSensor(Draw.of(3)).expose(dim)))
                .isBetween(90.0, 190.0)
                .isCloseTo(mean(new ColorSensor(Draw.of(3)).expose(bright)), within(6.0));
    }

    @Test
    void framesDifferInExposureAndColor() {
        Rendering grey = wall(1f, 1f);
        Arrays.fill(grey.light(), 0.2f);
        double[] means = new double[8];
        for (int i = 0; i < means.length; i++) {
            means[i] = mean(new ColorSensor(Draw.of(i)).expose(grey));
        }
        Arrays.sort(means);
        assertThat(means[7] - means[0]).isGreaterThan(8);
    }

    private static double deviation(float distance) {
        float[] depth = new DepthSensor(Draw.of(7)).measure(wall(distance, 1f));
        double sum = 0;
        int known = 0;
        for (float metres : depth) {
            if (metres > 0) {
                sum += (metres - distance) * (metres - distance);
                known++;
            }
        }
        return Math.sqrt(sum / known);
    }

    private static double lost(Rendering frame) {
        float[] depth = new DepthSensor(Draw.of(1)).measure(frame);
        int lost = 0;
        for (float metres : depth) {
            lost += metres == 0 ? 1 : 0;
        }
        return (double) lost / depth.length;
    }

    private static double mean(byte[] rgb) {
        double sum = 0;
        for (byte value : rgb) {
            sum += Byte.toUnsignedInt(value);
        }
        return sum / rgb.length;
    }

    private static Rendering wall(float distance, float facing) {
        Rendering frame = new Rendering(SIZE);
        Arrays.fill(frame.depth(), distance);
        Arrays.fill(frame.facing(), facing);
        return frame;
    }
}
