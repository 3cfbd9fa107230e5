package io.viewal.worker.dataset.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.viewal.worker.dataset.DatasetManifest;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.PreparedFrame;
import io.viewal.worker.dataset.PreparedSceneWriter;
import io.viewal.worker.dataset.SceneFile;
import io.viewal.worker.dataset.Split;
import io.viewal.worker.dataset.interchange.ImageFiles;
import io.viewal.worker.dataset.interchange.IntegerImage;
import io.viewal.worker.dataset.interchange.TransformsFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetInspectorTest {

    private static final ImageSize SIZE = TransformsFixture.SIZE;

    @TempDir
    Path root;

    @Test
    void countsFramesLabelsDepthAndRegions() throws IOException {
        TransformsFixture scene = TransformsFixture.write(root, "room", 2);
        char[] depth = new char[SIZE.pixels()];
        Arrays.fill(depth, 0, 24, (char) 1500);
        byte[] labels = new byte[SIZE.pixels()];
        Arrays.fill(labels, 40, 48, (byte) 255);
        for (String frame : new String[] {"f0", "f1"}) {
            scene.put("depth/" + frame + ".png", ImageFiles.png(new IntegerImage(SIZE, 16, depth)));
            scene.put("labels/" + frame + ".png", ImageFiles.png(IntegerImage.ofBytes(SIZE, labels)));
        }
        scene.editFrame(1, frame -> frame.remove("label_path"));
        SceneReport report = inspect(0, new ArrayList<>());
        assertThat(report.frames()).isEqualTo(2);
        assertThat(report.labeledFrames()).isEqualTo(1);
        assertThat(report.depthCoverage()).isEqualTo(0.5);
        assertThat(report.near()).isCloseTo(1.5, within(0.01));
        assertThat(report.far()).isCloseTo(1.5, within(0.01));
        assertThat(report.regions()).isEqualTo(4);
        assertThat(report.classPixels()[0]).isEqualTo(40);
        assertThat(report.classPixels()[255]).isEqualTo(8);
        assertThat(report.problems()).isEmpty();
    }

    @Test
    void reportsEveryBrokenFrameAndGoesOn() throws IOException {
        TransformsFixture scene = TransformsFixture.write(root, "room", 4);
        Files.delete(scene.folder().resolve("depth/f1.png"));
        scene.put("images/f2.png", new byte[10]);
        scene.put("depth/f3.png", ImageFiles.png(new IntegerImage(SIZE, 16, new char[SIZE.pixels()])));
        SceneReport report = inspect(0, new ArrayList<>());
        assertThat(report.problems()).hasSize(3);
        assertThat(report.problems().get(0)).contains("'f1'", "no such file");
        assertThat(report.problems().get(1)).contains("'f2'", "can't be read");
        assertThat(report.problems().get(2)).contains("'f3'", "no pixel of known depth");
        assertThat(report.frames()).isEqualTo(4);
    }

    @Test
    void reportsASceneThatCannotBeOpened() throws IOException {
        TransformsFixture.write(root, "room", 1).edit(json -> json.putArray("frames"));
        TransformsFixture.write(root, "sound", 1);
        DatasetInspector inspector = DatasetInspector.open(root, SIZE);
        assertThat(inspector.problems()).singleElement().asString().contains("'room'", "has no frames");
        assertThat(inspect(0, new ArrayList<>()).problems()).isEqualTo(inspector.problems());
        assertThat(inspector.inspect("sound", 0, frame -> {}).problems()).isEmpty();
    }

    @Test
    void handsOutFramesThatAreSpreadOverTheScene() throws IOException {
        TransformsFixture.write(root, "room", 9);
        List<String> names = new ArrayList<>();
        inspect(3, names);
        assertThat(names).containsExactly("f0", "f3", "f6");
        names.clear();
        inspect(20, names);
        assertThat(names).hasSize(9);
    }

    @Test
    void readsAPreparedDataSet() throws IOException {
        int pixels = SIZE.pixels();
        float[] depth = new float[pixels];
        Arrays.fill(depth, 2f);
        try (PreparedSceneWriter writer = new PreparedSceneWriter(folder("scenes/room"), "room", SIZE, 1, true)) {
            writer.write(
                    0,
                    new PreparedFrame(
                            TransformsFixture.frame(0),
                            new byte[pixels * 3],
                            depth,
                            new byte[pixels],
                            new char[pixels]));
            writer.finish();
        }
        DatasetManifest.FileEntry cameras = new DatasetManifest.FileEntry("scenes/room/cameras.json", 1, "");
        DatasetManifest.SceneEntry scene =
                new DatasetManifest.SceneEntry("room", Split.TRAIN, 1, Map.of(SceneFile.CAMERAS.key(), cameras));
        DatasetManifest manifest = new DatasetManifest(1, List.of("wall"), 8, 6, List.of(scene), List.of());
        Files.write(root.resolve("manifest.json"), manifest.toBytes());
        DatasetInspector inspector = DatasetInspector.open(root, new ImageSize(320, 240));
        assertThat(inspector.size()).isEqualTo(SIZE);
        assertThat(inspector.classes()).containsExactly("wall");
        SceneReport report = inspector.inspect("room", 0, f -> {});
        assertThat(report.depthCoverage()).isEqualTo(1);
        assertThat(report.regions()).isEqualTo(1);
        assertThat(report.classPixels()[0]).isEqualTo(pixels);
    }

    private Path folder(String path) throws IOException {
        Path folder = root.resolve(path);
        Files.createDirectories(folder.getParent());
        return folder;
    }

    private SceneReport inspect(int samples, List<String> names) throws IOException {
        return DatasetInspector.open(root, SIZE)
                .inspect("room", samples, frame -> names.add(frame.frame().name()));
    }
}
