package io.viewal.worker.dataset.interchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.viewal.worker.dataset.ImageSize;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.ImageIO;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GreyPngReaderTest {

    /** The JDK's codec chooses a filter for each row. */
    @Property(tries = 200)
    void readsWhatTheJdksCodecWrites(
            @ForAll @IntRange(min = 1, max = 60) int width,
            @ForAll @IntRange(min = 1, max = 60) int height,
            @ForAll boolean wide,
            @ForAll @IntRange(max = 16) int noise,
            @ForAll long seed) {
        IntegerImage image = image(new ImageSize(width, height), wide ? 16 : 8, noise, seed);
        assertSame(GreyPngReader.read(ImageFiles.png(image)), image);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void undoesEveryFilterInEveryRow(int filter) throws IOException {
        for (int bits : new int[] {8, 16}) {
            ImageSize size = new ImageSize(7, 5);
            byte[] rows = new byte[(size.width() * bits / 8 + 1) * size.height()];
            new Random(filter).nextBytes(rows);
            for (int y = 0; y < size.height(); y++) {
                rows[y * (rows.length / size.height())] = (byte) filter;
            }
            byte[] png = png(size, bits, rows);
            BufferedImage expected = ImageIO.read(new ByteArrayInputStream(png));
            IntegerImage read = GreyPngReader.read(png);
            int[] values = expected.getRaster().getSamples(0, 0, size.width(), size.height(), 0, (int[]) null);
            for (int p = 0; p < values.length; p++) {
                assertThat((int) read.values()[p]).isEqualTo(values[p]);
            }
        }
    }

    @Test
    void readsDataInSeveralChunks() {
        IntegerImage image = image(new ImageSize(20, 10), 16, 5, 1);
        byte[] whole = GreyPng.encode(image);
        ByteBuffer in = ByteBuffer.wrap(whole);
        int data = in.getInt(33);
        ByteArrayOutputStream split = new ByteArrayOutputStream();
        split.write(whole, 0, 33);
        chunk(split, 0x49444154, Arrays.copyOfRange(whole, 41, 44));
        chunk(split, 0x49444154, new byte[0]);
        chunk(split, 0x49444154, Arrays.copyOfRange(whole, 44, 41 + data));
        split.write(whole, 45 + data, 12);
        assertSame(GreyPngReader.read(split.toByteArray()), image);
    }

    @Test
    void leavesWhatIsDamagedToTheJdksCodec() {
        byte[] png = GreyPng.encode(image(new ImageSize(30, 20), 16, 9, 1));
        for (int length = 0; length < png.length; length++) {
            assertThat(GreyPngReader.read(Arrays.copyOf(png, length))).isNull();
        }
        for (int at = 0; at < png.length; at++) {
            byte[] damaged = png.clone();
            damaged[at] ^= 4;
            assertThat(GreyPngReader.read(damaged)).isNull();
        }
    }

    @Test
    void leavesRowsThatAreTooFewTooManyOrOfAnUnknownFilterToTheJdksCodec() {
        ImageSize size = new ImageSize(4, 3);
        assertThat(GreyPngReader.read(png(size, 8, new byte[15]))).isNotNull();
        assertThat(GreyPngReader.read(png(size, 8, new byte[14]))).isNull();
        assertThat(GreyPngReader.read(png(size, 8, new byte[16]))).isNull();
        byte[] rows = new byte[15];
        rows[5] = 5;
        assertThat(GreyPngReader.read(png(size, 8, rows))).isNull();
    }

    @Test
    void leavesOtherKindsAndForgedSizesToTheJdksCodec() {
        ImageSize size = new ImageSize(4, 3);
        assertThat(GreyPngReader.read(png(size, 4, new byte[9]))).isNull();
        assertThat(GreyPngReader.read(png(new ImageSize(60_000, 30_000), 8, new byte[9])))
                .isNull();
        assertThat(GreyPngReader.read(ImageFiles.png(new ColorImage(size, new byte[36]))))
                .isNull();
    }

    private static void assertSame(IntegerImage read, IntegerImage expected) {
        assertThat(read).isNotNull();
        assertThat(read.size()).isEqualTo(expected.size());
        assertThat(read.bits()).isEqualTo(expected.bits());
        assertThat(read.values()).isEqualTo(expected.values());
    }

    private static IntegerImage image(ImageSize size, int bits, int noise, long seed) {
        Random random = new Random(seed);
        char[] values = new char[size.pixels()];
        for (int p = 0; p < values.length; p++) {
            values[p] = (char) ((p * 3 + random.nextInt(1 << noise)) & (1 << bits) - 1);
        }
        return new IntegerImage(size, bits, values);
    }

    private static byte[] png(ImageSize size, int bits, byte[] rows) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        chunk(
                out,
                0x49484452,
                ByteBuffer.allocate(13)
                        .putInt(size.width())
                        .putInt(size.height())
                        .put((byte) bits)
                        .array());
        byte[] packed = new byte[rows.length + 100];
        try (Deflater deflater = new Deflater()) {
            deflater.setInput(rows);
            deflater.finish();
            int length = deflater.deflate(packed);
            chunk(out, 0x49444154, Arrays.copyOf(packed, length));
        }
        chunk(out, 0x49454e44, new byte[0]);
        return out.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream out, int type, byte[] content) {
        byte[] body = ByteBuffer.allocate(4 + content.length)
                .putInt(type)
                .put(content)
                .array();
        CRC32 crc = new CRC32();
        crc.update(body);
        out.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
        out.writeBytes(body);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }
}
