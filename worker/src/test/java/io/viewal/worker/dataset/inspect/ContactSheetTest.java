package io.viewal.worker.dataset.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.interchange.ColorImage;
import io.viewal.worker.dataset.interchange.ImageFiles;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ContactSheetTest {

    private static final ImageSize TILE = new ImageSize(6, 4);

    @Test
    void laysFramesOutInColumnsOfThreeTiles() throws IOException {
        ContactSheet sheet = new ContactSheet(TILE, 2);
        for (int i = 0; i < 3; i++) {
            byte[] color = new byte[72];
            Arrays.fill(color, (byte) (100 + i));
            sheet.add(color, new float[24], null, null);
        }
        ColorImage image = ImageFiles.readColor(sheet.png());
        assertThat(image.size()).isEqualTo(new ImageSize(4 + 2 * 10, 4 + 2 * 3 * 8));
        assertThat(at(image, 4, 4)).isEqualTo(100);
        assertThat(at(image, 14, 4)).isEqualTo(101);
        assertThat(at(image, 4, 4 + 24)).isEqualTo(102);
        // No depth is black, and so are no labels.
        assertThat(at(image, 4, 4 + 8)).isZero();
        assertThat(at(image, 4, 4 + 16)).isZero();
    }

    @Test
    void drawsTheOutlinesOfSuperpixels() throws IOException {
        char[] halves = new char[24];
        for (int p = 0; p < 24; p++) {
            halves[p] = (char) (p % 6 / 3);
        }
        ContactSheet sheet = new ContactSheet(TILE, 1);
        sheet.add(new byte[72], new float[24], null, halves);
        ColorImage image = ImageFiles.readColor(sheet.png());
        assertThat(at(image, 4 + 2, 5)).isEqualTo(255);
        assertThat(at(image, 4 + 1, 5)).isZero();
        assertThat(at(image, 4 + 3, 5)).isZero();
    }

    private static int at(ColorImage image, int x, int y) {
        return Byte.toUnsignedInt(image.rgb()[(y * image.size().width() + x) * 3]);
    }
}
