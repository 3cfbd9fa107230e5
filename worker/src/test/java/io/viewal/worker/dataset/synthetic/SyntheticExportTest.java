package io.viewal.worker.dataset.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import io.viewal.contract.PrepareParameters;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.SourceFrame;
import io.viewal.worker.dataset.SourceScene;
import io.viewal.worker.dataset.interchange.ColorImage;
import io.viewal.worker.dataset.interchange.DirectorySceneSource;
import io.viewal.worker.dataset.interchange.ImageFiles;
import io.viewal.worker.dataset.interchange.IntegerImage;
import io.viewal.worker.dataset.interchange.TransformsScenes;
import io.viewal.worker.dataset.interchange.TransformsWriter;
import java.io.IOException;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.util.Files;

class SyntheticExportTest {

    private static final ImageSize SIZE = new ImageSize(64, 48);

    @Property(tries = 8)
    void anImportOfAnExportedRoomGivesBackTheRoomExactly(@ForAll @IntRange(max = 100_000) int seed) throws IOException {
        Path root = Files.newTemporaryFolder().toPath();
        SyntheticScenes source = new SyntheticScenes(new PrepareParameters.Synthetic(1, 3, seed));
        SourceScene room = source.open("room-00000", SIZE, 13);
        TransformsWriter writer = new TransformsWriter(root.resolve("room-00000"), source.classes(), 0.001);
        for (int i = 0; i < 3; i++) {
            SourceFrame frame = room.read(i);
            char[] millimetres = new char[SIZE.pixels()];
            for (int p = 0; p < millimetres.length; p++) {
                millimetres[p] = (char) Math.rint(1000.0 * frame.depth()[p]);
            }
            writer.add(
                    frame.frame(),
                    SIZE,
                    new TransformsWriter.Images(
                            ImageFiles.png(new ColorImage(SIZE, frame.color())),
                            "png",
                            new IntegerImage(SIZE, 16, millimetres),
                            IntegerImage.ofBytes(SIZE, frame.labels()),
                            null));
        }
        writer.finish();
        TransformsScenes imported = new TransformsScenes(new DirectorySceneSource(root));
        SourceScene copy = imported.open("room-00000", SIZE, 13);
        assertThat(imported.classes()).isEqualTo(source.classes());
        assertThat(copy.frameNames()).isEqualTo(room.frameNames());
        for (int i = 0; i < 3; i++) {
            SourceFrame expected = room.read(i);
            SourceFrame actual = copy.read(i);
            assertThat(actual.frame()).isEqualTo(expected.frame());
            assertThat(actual.color()).isEqualTo(expected.color());
            assertThat(actual.depth()).isEqualTo(expected.depth());
            assertThat(actual.labels()).isEqualTo(expected.labels());
        }
        Files.delete(root.toFile());
    }
}
