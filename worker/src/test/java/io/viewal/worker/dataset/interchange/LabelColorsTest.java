package io.viewal.worker.dataset.interchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelColorsTest {

    private static final String TABLE =
            "# label:color_rgb:parts:actions\nbackground:0,0,0::\nwall:128,0,0::\nchair:0,0,128::\n";

    @TempDir
    Path temp;

    @Test
    void aTableBesideTheDescriptionSaysWhatColoursStandFor() throws IOException {
        TransformsFixture room = TransformsFixture.write(temp, "room", 1);
        int pixels = TransformsFixture.SIZE.pixels();
        byte[] rgb = new byte[3 * pixels];
        for (int p = 0; p < pixels; p++) {
            rgb[3 * p + p % 3] = (byte) (p % 3 == 1 ? 0 : 128);
        }
        room.put("labels/f0.png", ImageFiles.png(new ColorImage(TransformsFixture.SIZE, rgb)));
        assertThatThrownBy(() -> read()).hasMessageContainingAll("3 channels", "labelmap.txt", "--label-colors");
        Files.writeString(temp.resolve("room/labelmap.txt"), TABLE);
        byte[] labels = read();
        for (int p = 0; p < pixels; p++) {
            assertThat(labels[p]).isEqualTo(new byte[] {0, -1, 2}[p % 3]);
        }
        rgb[0] = 7;
        room.put("labels/f0.png", ImageFiles.png(new ColorImage(TransformsFixture.SIZE, rgb)));
        assertThatThrownBy(() -> read()).hasMessageContaining("colour 7,0,0 at column 0, row 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sofa:1,2,3", "wall:1,2", "wall:1,2,300", "wall", "wall:1,2,3\nchair:1,2,3"})
    void aLineThatIsNoneIsNamed(String text) {
        assertThatThrownBy(() -> LabelColors.parse(text, List.of("wall", "chair")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line ");
    }

    private byte[] read() throws IOException {
        return new TransformsScenes(new DirectorySceneSource(temp))
                .open("room", TransformsFixture.SIZE, 3)
                .read(0)
                .labels();
    }
}
