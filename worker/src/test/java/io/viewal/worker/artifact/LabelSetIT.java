package io.viewal.worker.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viewal.worker.InvalidInputException;
import io.viewal.worker.artifact.LabelSet.FrameKey;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Region;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelSetIT {

    private static final ImageSize SIZE = new ImageSize(3, 2);
    private static final FrameKey FRAME = new FrameKey("room", "0001");

    @TempDir
    Path folder;

    private static LabelSet example() {
        LabelSet labels = new LabelSet(SIZE);
        labels.add(
                List.of(new LabeledRegion("room", "0002", Region.WHOLE_FRAME, 6, 0, 0)),
                new FrameKey("room", "0002"),
                new byte[] {0, 1, 2, 3, 4, (byte) 255});
        labels.add(List.of(new LabeledRegion("room", "0001", new Region.Superpixel(4), 2, 1, 0)), FRAME, new byte[] {
            (byte) 255, 7, 7, (byte) 255, (byte) 255, (byte) 255
        });
        return labels;
    }

    @Test
    void readsBackWhatItWroteAndWritesTheSameBytesAgain() throws IOException {
        Path first = folder.resolve("first.zip");
        Path second = folder.resolve("second.zip");
        example().write(first);
        LabelSet read = LabelSet.read(first, SIZE);
        read.write(second);

        assertThat(second).hasSameBinaryContentAs(first);
        assertThat(read.labels(FRAME)).containsExactly(255, 7, 7, 255, 255, 255);
        assertThat(read.labels(new FrameKey("room", "0003"))).containsOnly(255);
        assertThat(read.round()).isEqualTo(1);
        assertThat(read.pixels()).isEqualTo(8);
    }

    @Test
    void refusesFramesOfAnotherSize() throws IOException {
        Path file = folder.resolve("labels.zip");
        example().write(file);
        LabelSet read = LabelSet.read(file, new ImageSize(4, 4));
        assertThatThrownBy(() -> read.labels(FRAME))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("room/0001.png")
                .hasMessageContaining("4 x 4");
    }

    @Test
    void refusesAFileThatIsNoLabelSet() throws IOException {
        Path file = Files.writeString(folder.resolve("labels.zip"), "not a zip");
        assertThatThrownBy(() -> LabelSet.read(file, SIZE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("regions.csv");
    }
}
