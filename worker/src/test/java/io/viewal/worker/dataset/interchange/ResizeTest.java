package io.viewal.worker.dataset.interchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.viewal.worker.dataset.ImageSize;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ResizeTest {

    @Test
    void nearestAtHalfSizeTakesTheOddRowsAndColumns() {
        IntegerImage image = numbers(new ImageSize(8, 6));
        char[] half = Resize.nearest(image, new ImageSize(4, 3));
        for (int y = 0; y < 3; y++) {
            for (int x = 0; x < 4; x++) {
                assertThat((int) half[y * 4 + x]).isEqualTo((2 * y + 1) * 8 + 2 * x + 1);
            }
        }
    }

    @Property(tries = 200)
    void nearestAtTheSameSizeChangesNothing(
            @ForAll @IntRange(min = 1, max = 40) int width, @ForAll @IntRange(min = 1, max = 40) int height) {
        IntegerImage image = numbers(new ImageSize(width, height));
        assertThat(Resize.nearest(image, image.size())).isEqualTo(image.values());
    }

    @Test
    void colorAtHalfSizeIsTheMeanOfFourPixels() {
        byte[] rgb = new byte[4 * 2 * 3];
        int[] red = {10, 20, 200, 210, 30, 40, 220, 255};
        for (int p = 0; p < red.length; p++) {
            rgb[p * 3] = (byte) red[p];
        }
        byte[] half = Resize.color(new ColorImage(new ImageSize(4, 2), rgb), new ImageSize(2, 1));
        assertThat(half).containsExactly(25, 0, 0, 221, 0, 0);
    }

    @Property(tries = 100)
    void colorAtHalfSizeIsWhatTheWayForAllSizesGives(
            @ForAll @IntRange(min = 1, max = 40) int width,
            @ForAll @IntRange(min = 1, max = 40) int height,
            @ForAll long seed) {
        ImageSize source = new ImageSize(2 * width, 2 * height);
        byte[] rgb = new byte[source.pixels() * 3];
        new Random(seed).nextBytes(rgb);
        ColorImage image = new ColorImage(source, rgb);
        ImageSize half = new ImageSize(width, height);
        assertThat(Resize.color(image, half)).isEqualTo(Resize.scaled(image, half));
    }

    @Test
    void colorAtDoubleSizeBlendsNeighboursByDistance() {
        byte[] rgb = new byte[2 * 3];
        rgb[3] = (byte) 200;
        byte[] twice = Resize.color(new ColorImage(new ImageSize(2, 1), rgb), new ImageSize(4, 1));
        assertThat(new byte[] {twice[0], twice[3], twice[6], twice[9]}).containsExactly(0, 50, 150, 200);
    }

    @Property(tries = 300)
    void colorKeepsAPlainImageAndTheMeanOfAnyOther(
            @ForAll @IntRange(min = 2, max = 50) int width,
            @ForAll @IntRange(min = 2, max = 50) int height,
            @ForAll @IntRange(min = 1, max = 3) int divisor,
            @ForAll long seed) {
        ImageSize source = new ImageSize(width * divisor, height * divisor);
        ImageSize target = new ImageSize(width, height);
        byte[] plain = new byte[source.pixels() * 3];
        Arrays.fill(plain, (byte) 201);
        assertThat(Resize.color(new ColorImage(source, plain), target)).containsOnly(201);
        byte[] noise = new byte[source.pixels() * 3];
        new Random(seed).nextBytes(noise);
        assertThat(mean(Resize.color(new ColorImage(source, noise), target))).isCloseTo(mean(noise), within(0.6));
    }

    @Property(tries = 300)
    void colorOfAnySizeStaysWithinTheSourcesRange(
            @ForAll @IntRange(min = 1, max = 60) int from, @ForAll @IntRange(min = 1, max = 60) int to) {
        byte[] rgb = new byte[from * from * 3];
        Random random = new Random(from * 100L + to);
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (100 + random.nextInt(50));
        }
        for (byte value : Resize.color(new ColorImage(new ImageSize(from, from), rgb), new ImageSize(to, to))) {
            assertThat(Byte.toUnsignedInt(value)).isBetween(100, 149);
        }
    }

    private static IntegerImage numbers(ImageSize size) {
        char[] values = new char[size.pixels()];
        for (int p = 0; p < values.length; p++) {
            values[p] = (char) p;
        }
        return new IntegerImage(size, 16, values);
    }

    private static double mean(byte[] values) {
        double sum = 0;
        for (byte value : values) {
            sum += Byte.toUnsignedInt(value);
        }
        return sum / values.length;
    }
}
