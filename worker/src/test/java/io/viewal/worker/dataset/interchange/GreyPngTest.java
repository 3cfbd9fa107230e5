package io.viewal.worker.dataset.interchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.viewal.worker.dataset.ImageSize;
import java.io.IOException;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class GreyPngTest {

    @Property(tries = 200)
    void theJdksCodecReadsBackWhatIsWritten(
            @ForAll @IntRange(min = 1, max = 90) int width,
            @ForAll @IntRange(min = 1, max = 70) int height,
            @ForAll boolean wide,
            @ForAll @IntRange(max = 16) int noise,
            @ForAll long seed)
            throws IOException {
        Random random = new Random(seed);
        ImageSize size = new ImageSize(width, height);
        int bits = wide ? 16 : 8;
        char[] values = new char[size.pixels()];
        for (int p = 0; p < values.length; p++) {
            // From flat over smooth to noise.
            values[p] = (char) ((p * 3 + random.nextInt(1 << noise)) & (1 << bits) - 1);
        }
        IntegerImage read = ImageFiles.readInteger(GreyPng.encode(new IntegerImage(size, bits, values)));
        assertThat(read.size()).isEqualTo(size);
        assertThat(read.bits()).isEqualTo(bits);
        assertThat(read.values()).isEqualTo(values);
    }
}
