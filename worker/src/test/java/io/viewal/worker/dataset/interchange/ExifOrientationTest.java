package io.viewal.worker.dataset.interchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExifOrientationTest {

    @ParameterizedTest
    @CsvSource({"jpg, 6, true", "jpg, 3, false", "png, 8, true"})
    void anImageThatIsToBeTurnedIsRefusedByItsTag(String kind, int orientation, boolean bigEndian) throws IOException {
        byte[] tagged = tagged(kind, orientation, bigEndian);
        assertThat(ExifOrientation.of(tagged)).isEqualTo(orientation);
        assertThatThrownBy(() -> ImageFiles.readColor(tagged))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("EXIF orientation is " + orientation, "mogrify");
        assertThatThrownBy(() -> ImageFiles.colorSize(tagged)).hasMessageContaining("EXIF");
    }

    @Test
    void anUprightImageAndOneWithoutANoteAreRead() throws IOException {
        assertThat(ImageFiles.readColor(tagged("jpg", 1, true)).size().width()).isEqualTo(16);
        assertThat(ImageFiles.readColor(image("jpg")).size().width()).isEqualTo(16);
        assertThat(ExifOrientation.of(new byte[0])).isEqualTo(1);
    }

    @Test
    void aNoteThatIsCutOffIsPassedOver() throws IOException {
        byte[] tagged = tagged("jpg", 6, true);
        for (int length = 0; length < 40; length++) {
            assertThat(ExifOrientation.of(Arrays.copyOf(tagged, length))).isIn(1, 6);
        }
    }

    private static byte[] tagged(String kind, int orientation, boolean bigEndian) throws IOException {
        ByteBuffer tiff = ByteBuffer.allocate(26).order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        tiff.putShort((short) (bigEndian ? 0x4d4d : 0x4949))
                .putShort((short) 42)
                .putInt(8);
        tiff.putShort((short) 1)
                .putShort((short) 0x112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation);
        byte[] image = image(kind);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        boolean jpeg = kind.equals("jpg");
        // After the start of a JPEG; after a PNG's header, of 8 + 25 bytes.
        int at = jpeg ? 2 : 33;
        out.write(image, 0, at);
        ByteBuffer head = ByteBuffer.allocate(10);
        if (jpeg) {
            head.putShort((short) 0xffe1).putShort((short) (2 + 6 + tiff.capacity()));
            head.put("Exif\0\0".getBytes(StandardCharsets.ISO_8859_1));
        } else {
            head.putInt(tiff.capacity()).putInt(0x65584966);
        }
        out.write(head.array(), 0, head.position());
        out.writeBytes(tiff.array());
        if (!jpeg) {
            out.writeBytes(new byte[4]);
        }
        out.write(image, at, image.length - at);
        return out.toByteArray();
    }

    private static byte[] image(String kind) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(16, 8, BufferedImage.TYPE_INT_RGB), kind, out);
        return out.toByteArray();
    }
}
