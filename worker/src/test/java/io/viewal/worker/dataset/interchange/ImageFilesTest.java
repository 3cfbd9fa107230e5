package io.viewal.worker.dataset.interchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viewal.worker.dataset.ImageSize;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ImageFilesTest {

    private static final ImageSize SIZE = new ImageSize(5, 3);

    @Test
    void integersSurviveA16BitPng() throws IOException {
        char[] values = {0, 1, 255, 256, 32767, 32768, 65535, 7, 8, 9, 10, 11, 12, 13, 14};
        IntegerImage image = new IntegerImage(SIZE, 16, values);
        IntegerImage read = ImageFiles.readInteger(ImageFiles.png(image));
        assertThat(read.bits()).isEqualTo(16);
        assertThat(read.size()).isEqualTo(SIZE);
        assertThat(read.values()).isEqualTo(values);
    }

    @Test
    void bytesSurviveAn8BitPng() throws IOException {
        IntegerImage image = IntegerImage.ofBytes(SIZE, new byte[] {0, 1, -1, -128, 127, 5, 6, 7, 8, 9, 1, 2, 3, 4, 5});
        IntegerImage read = ImageFiles.readInteger(ImageFiles.png(image));
        assertThat(read.bits()).isEqualTo(8);
        assertThat(read.values()).isEqualTo(image.values());
    }

    @Test
    void colorSurvivesAPng() throws IOException {
        byte[] rgb = new byte[SIZE.pixels() * 3];
        new Random(1).nextBytes(rgb);
        ColorImage read = ImageFiles.readColor(ImageFiles.png(new ColorImage(SIZE, rgb)));
        assertThat(read.size()).isEqualTo(SIZE);
        assertThat(read.rgb()).isEqualTo(rgb);
    }

    @Test
    void greyBecomesEqualChannelsWithoutGamma() throws IOException {
        byte[] png = ImageFiles.png(IntegerImage.ofBytes(new ImageSize(2, 1), new byte[] {40, (byte) 200}));
        assertThat(ImageFiles.readColor(png).rgb()).containsExactly(40, 40, 40, 200, 200, 200);
    }

    @Test
    void transparencyIsDropped() throws IOException {
        BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_4BYTE_ABGR);
        image.setRGB(0, 0, new Color(10, 20, 30, 40).getRGB());
        assertThat(ImageFiles.readColor(encode(image)).rgb()).containsExactly(10, 20, 30);
    }

    @Test
    void aPaletteGivesItsColorsOrItsIndices() throws IOException {
        IndexColorModel palette =
                new IndexColorModel(8, 3, new byte[] {1, 2, 3}, new byte[] {4, 5, 6}, new byte[] {7, 8, 9});
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_INDEXED, palette);
        image.getRaster().setSample(0, 0, 0, 2);
        image.getRaster().setSample(1, 0, 0, 1);
        assertThat(ImageFiles.readColor(encode(image)).rgb()).containsExactly(3, 6, 9, 2, 5, 8);
        assertThat(ImageFiles.readInteger(encode(image)).values()).containsExactly((char) 2, (char) 1);
    }

    @Test
    void refusesColorWhereNumbersAreExpected() {
        byte[] png = ImageFiles.png(new ColorImage(SIZE, new byte[45]));
        assertThatThrownBy(() -> ImageFiles.readInteger(png))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("3 channels");
    }

    @Test
    void reportsWhatIsNoImageOrEndsEarly() {
        byte[] png = ImageFiles.png(new ColorImage(new ImageSize(64, 64), new byte[64 * 64 * 3]));
        assertThatThrownBy(() -> ImageFiles.readColor(new byte[] {1, 2, 3}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("neither");
        for (int length : new int[] {9, 30, 50, png.length / 2}) {
            assertThatThrownBy(() -> ImageFiles.readColor(Arrays.copyOf(png, length)))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void refusesAJpegThatEndsEarlyThoughItsCodecWouldFillItUp() throws IOException {
        BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_3BYTE_BGR);
        Random random = new Random(1);
        for (int p = 0; p < 64 * 64; p++) {
            image.setRGB(p % 64, p / 64, random.nextInt());
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "jpg", out);
        byte[] jpeg = out.toByteArray();
        assertThat(ImageFiles.readColor(jpeg).size()).isEqualTo(new ImageSize(64, 64));
        for (int length : new int[] {jpeg.length - 2, jpeg.length / 2}) {
            assertThatThrownBy(() -> ImageFiles.readColor(Arrays.copyOf(jpeg, length)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cut off");
        }
    }

    @Test
    void refusesAForgedSizeBeforeItTakesMemory() {
        byte[] png = ImageFiles.png(new ColorImage(SIZE, new byte[45]));
        ByteBuffer.wrap(png).putInt(16, 60_000).putInt(20, 60_000);
        CRC32 crc = new CRC32();
        crc.update(png, 12, 17);
        ByteBuffer.wrap(png).putInt(29, (int) crc.getValue());
        assertThatThrownBy(() -> ImageFiles.readColor(png))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("3600000000 pixels");
    }

    private static byte[] encode(BufferedImage image) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }
}
