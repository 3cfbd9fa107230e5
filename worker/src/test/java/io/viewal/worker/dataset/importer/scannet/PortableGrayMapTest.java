package io.viewal.worker.dataset.importer.scannet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.interchange.IntegerImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PortableGrayMapTest {

    @Test
    void reads16BitNumbersHighByteFirstPastComments() throws IOException {
        IntegerImage image =
                PortableGrayMap.read(file("P5\n# depth shift is 1000\n2 # width\n1\n65535\n", 1, 2, 254, 255));
        assertThat(image.size()).isEqualTo(new ImageSize(2, 1));
        assertThat(image.bits()).isEqualTo(16);
        assertThat(image.values()).containsExactly((char) 0x0102, (char) 0xfeff);
    }

    @Test
    void dataMayStartWithAByteThatLooksLikeWhiteSpace() throws IOException {
        IntegerImage image = PortableGrayMap.read(file("P5 1 1 65535\n", '\n', '#'));
        assertThat(image.values()).containsExactly((char) ('\n' << 8 | '#'));
    }

    @Test
    void reads8Bits() throws IOException {
        assertThat(PortableGrayMap.read(file("P5 2 1 255 ", 7, 200)).bits()).isEqualTo(8);
    }

    @Test
    void refusesATruncatedFile() {
        assertRefused(file("P5 2 2 65535\n", 1, 2, 3), "8 bytes, but 3 follow");
        assertRefused(file("P5 2 2"), "");
    }

    @Test
    void refusesOtherFormatsAndForgedHeaders() {
        assertRefused(file("P2 1 1 255\n1"), "not a binary PGM");
        assertRefused(file("P5 x 1 255\n1"), "'x' where a number");
        assertRefused(file("P5 99999999 99999999 65535\n"), "bytes, but 0 follow");
        assertRefused(file("P5 -1 -1 255\n", 1), "-1 x -1");
    }

    private static void assertRefused(byte[] content, String detail) {
        assertThatThrownBy(() -> PortableGrayMap.read(content))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(detail);
    }

    private static byte[] file(String header, int... data) {
        byte[] text = header.getBytes(StandardCharsets.US_ASCII);
        byte[] content = Arrays.copyOf(text, text.length + data.length);
        for (int i = 0; i < data.length; i++) {
            content[text.length + i] = (byte) data[i];
        }
        return content;
    }
}
