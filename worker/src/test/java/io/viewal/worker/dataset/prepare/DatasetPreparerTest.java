package io.viewal.worker.dataset.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viewal.contract.PrepareParameters;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.PreparedScene;
import io.viewal.worker.dataset.SceneFile;
import io.viewal.worker.dataset.SourceFrame;
import io.viewal.worker.dataset.SourceScene;
import io.viewal.worker.dataset.SourceScenes;
import io.viewal.worker.dataset.interchange.DirectorySceneSource;
import io.viewal.worker.dataset.interchange.TransformsFixture;
import io.viewal.worker.dataset.interchange.TransformsScenes;
import io.viewal.worker.dataset.synthetic.SyntheticScenes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetPreparerTest {

    private static final OverlapBuilder NO_OVERLAP =
            (scene, threshold, target) -> Files.writeString(target, scene.name() + " " + threshold);

    @TempDir
    Path temp;

    @Test
    void preparesSyntheticScenesWithTheSameBytesEachTime() throws IOException {
        PreparedScene first = synthetic(64, 48)
                .prepare("room-00001", temp.resolve("a"), n -> {})
                .scene();
        PreparedScene second = synthetic(64, 48)
                .prepare("room-00001", temp.resolve("b"), n -> {})
                .scene();
        for (SceneFile file : SceneFile.values()) {
            assertThat(first.path(file)).hasSameBinaryContentAs(second.path(file));
        }
    }

    @Test
    void bringsEveryFrameToTheWorkingSizeWithDenseSuperpixels() throws IOException {
        DatasetPreparer preparer = synthetic(64, 48);
        List<Integer> done = Collections.synchronizedList(new ArrayList<>());
        PreparedScene scene =
                preparer.prepare("room-00000", temp.resolve("a"), done::add).scene();
        assertThat(scene.size()).isEqualTo(new ImageSize(64, 48));
        assertThat(scene.frames()).hasSize(3);
        assertThat(done).containsExactlyInAnyOrder(1, 2, 3);
        for (int i = 0; i < 3; i++) {
            boolean[] present = new boolean[64];
            int most = 0;
            for (char id : scene.superpixels(i)) {
                present[id] = true;
                most = Math.max(most, id);
            }
            assertThat(most).isBetween(20, 60);
            for (int id = 0; id <= most; id++) {
                assertThat(present[id]).as("superpixel %d", id).isTrue();
            }
        }
        assertThat(scene.path(SceneFile.OVERLAP)).hasContent("room-00000 0.1");
    }

    @Test
    void keepsTheSourcesSuperpixelsRenumberedFromZero() throws IOException {
        SourceScenes source = new Doctored(transforms()) {
            @Override
            SourceFrame change(SourceFrame frame) {
                char[] sparse = frame.superpixels().clone();
                for (int p = 0; p < sparse.length; p++) {
                    sparse[p] = (char) (sparse[p] * 1000 + 7);
                }
                return new SourceFrame(frame.frame(), frame.color(), frame.depth(), frame.labels(), sparse);
            }
        };
        PreparedScene plain = preparer(transforms())
                .prepare("room", temp.resolve("a"), n -> {})
                .scene();
        PreparedScene sparse =
                preparer(source).prepare("room", temp.resolve("b"), n -> {}).scene();
        assertThat(sparse.superpixels(0)).isEqualTo(plain.superpixels(0));
        assertThat((int) plain.superpixels(0)[0]).isZero();
    }

    @Test
    void reportsTheFirstFrameThatFailsAndLeavesNoScene() throws IOException {
        SourceScenes source = new Doctored(transforms()) {
            @Override
            SourceFrame change(SourceFrame frame) {
                if (frame.frame().name().compareTo("f3") >= 0) {
                    throw new InvalidInputException(
                            Reason.InvalidDataset, "broken " + frame.frame().name());
                }
                return frame;
            }
        };
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> preparer(source).prepare("room", temp.resolve("a"), n -> {}))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage("broken f3");
            assertThat(temp.resolve("a")).doesNotExist();
        }
    }

    @Test
    void stopsWhenTheListenerThrows() throws IOException {
        DatasetPreparer preparer = preparer(transforms());
        assertThatThrownBy(() -> preparer.prepare("room", temp.resolve("a"), n -> {
                    throw new IllegalStateException("stop");
                }))
                .hasMessage("stop");
        assertThat(temp.resolve("a")).doesNotExist();
    }

    @Test
    void takesTheParametersClassesOverTheSources() throws IOException {
        assertThat(preparer(transforms()).classes()).isEqualTo(TransformsFixture.CLASSES);
        PrepareParameters renamed = parameters(List.of("a", "b", "c"), 64, 48);
        assertThat(new DatasetPreparer(transforms(), renamed, NO_OVERLAP).classes())
                .containsExactly("a", "b", "c");
    }

    @Test
    void refusesLabelsBeyondAShorterClassList() throws IOException {
        DatasetPreparer preparer = new DatasetPreparer(transforms(), parameters(List.of("a", "b"), 64, 48), NO_OVERLAP);
        assertThatThrownBy(() -> preparer.prepare("room", temp.resolve("a"), n -> {}))
                .isInstanceOfSatisfying(
                        InvalidInputException.class, e -> assertThat(e.reason()).isEqualTo(Reason.InvalidLabels))
                .hasMessageContaining("label id 2");
    }

    @Test
    void refusesImpossibleSizesAndClassLists() {
        assertRefused(parameters(List.of("a"), 8, 48), "width is 8");
        assertRefused(parameters(List.of("a"), 64, -1), "height is -1");
        assertRefused(parameters(List.of("a", "a"), 64, 48), "'a' twice");
        assertRefused(parameters(Collections.nCopies(300, "a"), 64, 48), "300 classes");
    }

    private void assertRefused(PrepareParameters parameters, String detail) {
        assertThatThrownBy(() -> new DatasetPreparer(
                        new SyntheticScenes(new PrepareParameters.Synthetic(1, 1, 1)), parameters, NO_OVERLAP))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(detail);
    }

    private static DatasetPreparer synthetic(int width, int height) throws IOException {
        return new DatasetPreparer(
                new SyntheticScenes(new PrepareParameters.Synthetic(2, 3, 5)),
                parameters(List.of(), width, height),
                NO_OVERLAP);
    }

    private static DatasetPreparer preparer(SourceScenes source) throws IOException {
        return new DatasetPreparer(source, parameters(List.of(), 64, 48), NO_OVERLAP);
    }

    private TransformsScenes transforms() throws IOException {
        Path root = temp.resolve("source");
        if (!Files.exists(root)) {
            TransformsFixture.write(root, "room", 8);
        }
        return new TransformsScenes(new DirectorySceneSource(root));
    }

    private static PrepareParameters parameters(List<String> classes, int width, int height) {
        return new PrepareParameters(null, classes, null, width, height, null, null, null, null, null, null, null);
    }

    /** Another source whose frames are changed on their way. */
    private abstract static class Doctored implements SourceScenes {

        private final SourceScenes source;

        Doctored(SourceScenes source) {
            this.source = source;
        }

        abstract SourceFrame change(SourceFrame frame);

        @Override
        public List<String> names() throws IOException {
            return source.names();
        }

        @Override
        public List<String> classes() throws IOException {
            return source.classes();
        }

        @Override
        public SourceScene open(String name, ImageSize size, int classes) throws IOException {
            SourceScene scene = source.open(name, size, classes);
            return new SourceScene() {
                @Override
                public String digest() {
                    return name;
                }

                @Override
                public String name() {
                    return scene.name();
                }

                @Override
                public List<String> frameNames() {
                    return scene.frameNames();
                }

                @Override
                public boolean hasLabels(int frame) {
                    return scene.hasLabels(frame);
                }

                @Override
                public SourceFrame read(int frame) throws IOException {
                    return change(scene.read(frame));
                }
            };
        }
    }
}
