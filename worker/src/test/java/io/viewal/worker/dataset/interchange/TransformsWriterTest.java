package io.viewal.worker.dataset.interchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viewal.worker.dataset.CameraPose;
import io.viewal.worker.dataset.Frame;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Intrinsics;
import io.viewal.worker.dataset.SourceFrame;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransformsWriterTest {

    private static final ImageSize SIZE = new ImageSize(4, 3);

    @Property(tries = 60)
    void anImportOfAnExportGivesBackTheFrameExactly(
            @ForAll @DoubleRange(min = -3.2, max = 3.2) double yaw,
            @ForAll @DoubleRange(min = -50, max = 50) double x,
            @ForAll @DoubleRange(min = 1, max = 2000) double focal,
            @ForAll char units,
            @ForAll byte label)
            throws IOException {
        double c = Math.cos(yaw);
        double s = Math.sin(yaw);
        CameraPose pose = new CameraPose(new double[] {c, -s, 0, x, s, c, 0, -x / 3, 0, 0, 1, x * x, 0, 0, 0, 1});
        Frame frame = new Frame("a", new Intrinsics(focal, focal / 3, x, -x), pose);
        char[] depth = new char[12];
        byte[] labels = new byte[12];
        depth[7] = units;
        labels[5] = label;
        Path root = Files.createTempDirectory("transforms");
        TransformsWriter writer = new TransformsWriter(root.resolve("s"), List.of(), 0.001);
        writer.add(
                frame,
                SIZE,
                new TransformsWriter.Images(
                        ImageFiles.png(new ColorImage(SIZE, new byte[36])),
                        "png",
                        new IntegerImage(SIZE, 16, depth),
                        IntegerImage.ofBytes(SIZE, labels),
                        null));
        writer.finish();
        SourceFrame read = new TransformsScenes(new DirectorySceneSource(root))
                .open("s", SIZE, 256)
                .read(0);
        assertThat(read.frame()).isEqualTo(frame);
        assertThat(read.depth()[7]).isEqualTo((float) (units / 1000.0));
        assertThat(read.labels()).isEqualTo(labels);
        assertThat(read.superpixels()).isNull();
        org.assertj.core.util.Files.delete(root.toFile());
    }

    @Test
    void aSceneAppearsOnlyWhenItIsFinished(@TempDir Path root) throws IOException {
        TransformsWriter writer = new TransformsWriter(root.resolve("s"), List.of("wall"), 0.001);
        writer.add(TransformsFixture.frame(0), TransformsFixture.SIZE, TransformsFixture.images(0));
        assertThat(root.resolve("s")).doesNotExist();
        assertThat(new DirectorySceneSource(root).scenes()).isEmpty();
        writer.finish();
        assertThat(new DirectorySceneSource(root).scenes()).containsExactly("s");
        assertThat(root).isDirectoryNotContaining("glob:**.partial");
    }

    @Test
    void aSceneThatIsNotFinishedLeavesNothing(@TempDir Path root) throws IOException {
        try (TransformsWriter writer = new TransformsWriter(root.resolve("s"), List.of("wall"), 0.001)) {
            writer.add(TransformsFixture.frame(0), TransformsFixture.SIZE, TransformsFixture.images(0));
        }
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void whatAKilledWriterLeftIsCleared(@TempDir Path root) throws IOException {
        TransformsWriter killed = new TransformsWriter(root.resolve("s"), List.of("wall"), 0.001);
        killed.add(TransformsFixture.frame(1), TransformsFixture.SIZE, TransformsFixture.images(1));
        TransformsFixture.write(root, "s", 1);
        assertThat(root.resolve("s/images")).isDirectoryNotContaining("glob:**f1.png");
    }

    @Test
    void aSceneIsNotOverwritten(@TempDir Path root) throws IOException {
        TransformsFixture.write(root, "s", 1);
        assertThatThrownBy(() -> TransformsFixture.write(root, "s", 1)).isInstanceOf(FileAlreadyExistsException.class);
    }
}
