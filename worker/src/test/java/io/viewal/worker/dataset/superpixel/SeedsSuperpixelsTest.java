package io.viewal.worker.dataset.superpixel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.ImageSize;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeedsSuperpixelsTest {

    @ParameterizedTest
    @CsvSource({"320,240,40", "160,120,40", "160,120,20", "320,240,100", "640,480,40", "97,61,40"})
    void makesAboutTheCountAskedFor(int width, int height, int count) {
        ImageSize size = new ImageSize(width, height);
        SeedsSuperpixels seeds = new SeedsSuperpixels(size, count, 10);
        assertThat(seeds.count()).isBetween((int) (count * 0.7), (int) (count * 1.3));
        assertThat(regions(seeds.compute(blocks(size)))).isBetween((int) (count * 0.7), seeds.count());
    }

    @ParameterizedTest
    @CsvSource({"40,30,1000", "7,5,40", "16,400,200", "300,8,4000"})
    void endsWhereThereAreHardlyMorePixelsThanSuperpixels(int width, int height, int count) {
        ImageSize size = new ImageSize(width, height);
        assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> assertThat(regions(new SeedsSuperpixels(size, count, 10).compute(blocks(size))))
                        .isBetween(1, size.pixels()));
    }

    @ParameterizedTest
    @CsvSource({"1,1", "3,3", "300,3"})
    void refusesFramesThatAreTooSmall(int width, int height) {
        assertThatThrownBy(() -> new SeedsSuperpixels(new ImageSize(width, height), 40, 10))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("too small for superpixels");
    }

    @Test
    void numbersRegionsFromZeroWithoutAGap() {
        ImageSize size = new ImageSize(160, 120);
        char[] ids = new SeedsSuperpixels(size, 40, 10).compute(blocks(size));
        Set<Integer> found = new HashSet<>();
        for (char id : ids) {
            found.add((int) id);
        }
        assertThat(found)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, found.size()).boxed().toList());
    }

    @Test
    void givesTheSameRegionsOnEveryThread() {
        ImageSize size = new ImageSize(160, 120);
        SeedsSuperpixels seeds = new SeedsSuperpixels(size, 40, 10);
        byte[] image = blocks(size);
        char[] expected = new SeedsSuperpixels(size, 40, 10).compute(image);
        IntStream.range(0, 16)
                .parallel()
                .forEach(i -> assertThat(seeds.compute(image)).isEqualTo(expected));
    }

    @Test
    void givesTheSameRegionsWhateverImageCameBefore() {
        ImageSize size = new ImageSize(160, 120);
        byte[] image = blocks(size);
        byte[] other = new byte[image.length];
        new Random(2).nextBytes(other);
        SeedsSuperpixels seeds = new SeedsSuperpixels(size, 40, 3);
        char[] expected = seeds.compute(image);
        char[] ofOther = seeds.compute(other);
        assertThat(ofOther).isNotEqualTo(expected);
        assertThat(seeds.compute(image)).isEqualTo(expected);
        assertThat(new SeedsSuperpixels(size, 40, 3).compute(other)).isEqualTo(ofOther);
    }

    @Test
    void regionsFollowTheEdgesOfTheImage() {
        ImageSize size = new ImageSize(160, 120);
        byte[] rgb = new byte[size.pixels() * 3];
        for (int p = 0; p < size.pixels(); p++) {
            int value = p % 160 < 70 ? 30 : 220;
            for (int c = 0; c < 3; c++) {
                rgb[p * 3 + c] = (byte) value;
            }
        }
        char[] ids = new SeedsSuperpixels(size, 40, 10).compute(rgb);
        int[][] sides = new int[regions(ids)][2];
        for (int p = 0; p < ids.length; p++) {
            sides[ids[p]][p % 160 < 70 ? 0 : 1]++;
        }
        int misplaced = Arrays.stream(sides)
                .mapToInt(side -> Math.min(side[0], side[1]))
                .sum();
        assertThat(misplaced).isLessThan(size.pixels() / 100);
    }

    @Test
    void compactsSparseIdsInTheirOrder() {
        char[] ids = {900, 7, 65535, 7};
        assertThat(RegionIds.compact(ids)).isEqualTo(3);
        assertThat(ids).containsExactly((char) 1, (char) 0, (char) 2, (char) 0);
    }

    private static int regions(char[] ids) {
        Set<Character> found = new HashSet<>();
        for (char id : ids) {
            found.add(id);
        }
        return found.size();
    }

    /** Coloured blocks with noise. */
    private static byte[] blocks(ImageSize size) {
        byte[] rgb = new byte[size.pixels() * 3];
        Random random = new Random(1);
        for (int p = 0; p < size.pixels(); p++) {
            int block = p % size.width() / 37 * 31 + p / size.width() / 29 * 57;
            rgb[p * 3] = (byte) (block + random.nextInt(20));
            rgb[p * 3 + 1] = (byte) (block * 3 + random.nextInt(20));
            rgb[p * 3 + 2] = (byte) (p % size.width() + random.nextInt(10));
        }
        return rgb;
    }
}
