package io.viewal.worker.dataset.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.viewal.contract.PrepareParameters;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.SourceFrame;
import io.viewal.worker.dataset.SourceScene;
import io.viewal.worker.dataset.check.Fault;
import io.viewal.worker.dataset.check.SceneFinding;
import io.viewal.worker.dataset.check.SceneFolders;
import io.viewal.worker.dataset.importer.source.SceneImporter;
import io.viewal.worker.dataset.importer.source.SourceOptions;
import io.viewal.worker.dataset.interchange.DirectorySceneSource;
import io.viewal.worker.dataset.interchange.TransformsScenes;
import io.viewal.worker.dataset.synthetic.SyntheticScenes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the importers' tests share: a synthetic room, an import, and what must hold after it. */
public final class ImportTrial {

    /** Size that rooms are rendered and read back at. */
    public static final ImageSize SIZE = SceneFolders.SIZE;

    /** Class names of the rooms. */
    public static final List<String> CLASSES = new SyntheticScenes(new PrepareParameters.Synthetic(1, 1, 0)).classes();

    private ImportTrial() {}

    /** The frames of a synthetic room, with labels 0 to 12. */
    public static List<SourceFrame> room(int frames, long seed) throws IOException {
        return room(frames, seed, SIZE);
    }

    /** As above, at another size. */
    public static List<SourceFrame> room(int frames, long seed, ImageSize size) throws IOException {
        SyntheticScenes source = new SyntheticScenes(new PrepareParameters.Synthetic(1, frames, seed));
        SourceScene room = source.open("room-00000", size, CLASSES.size());
        List<SourceFrame> all = new ArrayList<>();
        for (int i = 0; i < frames; i++) {
            all.add(room.read(i));
        }
        return all;
    }

    /** Imports everything; the first broken frame ends it. */
    public static ImportReport run(SceneImporter importer, Path source, Path out) throws IOException {
        return run(importer, source, out, SourceOptions.NONE, ImportPolicy.STRICT);
    }

    /** Imports. */
    public static ImportReport run(
            SceneImporter importer, Path source, Path out, SourceOptions options, ImportPolicy policy)
            throws IOException {
        return new ImportRun(policy, scene -> {}).run(importer.scenes(source, options), out);
    }

    /** An imported scene at the rooms' size; any label id may occur. */
    public static SourceScene open(Path out, String scene) throws IOException {
        return open(out, scene, SIZE);
    }

    /** An imported scene at a size. */
    public static SourceScene open(Path out, String scene, ImageSize size) throws IOException {
        return new TransformsScenes(new DirectorySceneSource(out)).open(scene, size, 255);
    }

    /** The check must find no fault in any imported scene. */
    public static void assertViewsAgree(Path out) throws IOException {
        List<Path> scenes = SceneFolders.scenes(out);
        assertThat(scenes).isNotEmpty().allSatisfy(scene -> {
            SceneFinding finding = SceneFolders.check(scene);
            assertThat(finding.fault()).as(finding.sentence()).isEqualTo(Fault.NONE);
            assertThat(finding.asIs().pairs()).isGreaterThan(2);
        });
    }

    /**
     * Camera, depth and labels must be the room's; labels are null when the layout has none.
     *
     * @param pose tolerance of the pose's numbers
     * @param metres tolerance of depth, where it is known
     */
    public static void assertSame(SourceFrame actual, SourceFrame expected, double pose, double metres) {
        assertThat(actual.frame().pose().matrix())
                .containsExactly(expected.frame().pose().matrix(), within(pose));
        assertThat(actual.frame().intrinsics().fx())
                .isCloseTo(expected.frame().intrinsics().fx(), within(1e-3));
        assertThat(actual.frame().intrinsics().cy())
                .isCloseTo(expected.frame().intrinsics().cy(), within(1e-3));
        for (int p = 0; p < expected.depth().length; p++) {
            if (!(Math.abs(actual.depth()[p] - expected.depth()[p]) <= metres)) {
                assertThat(actual.depth()[p]).as("depth of pixel %d", p).isCloseTo(expected.depth()[p], within((float)
                        metres));
            }
        }
        assertThat(actual.labels()).isEqualTo(expected.labels());
    }
}
