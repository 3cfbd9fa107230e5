package io.viewal.worker.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.viewal.contract.ArtifactRef;
import io.viewal.contract.ContractJson;
import io.viewal.contract.Metric;
import io.viewal.contract.Owner;
import io.viewal.contract.PrepareParameters;
import io.viewal.contract.RoundRequests;
import io.viewal.contract.StageRequest;
import io.viewal.contract.StageResult;
import io.viewal.contract.StoreLocation;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.artifact.LeftOutCsv;
import io.viewal.worker.dataset.DatasetManifest;
import io.viewal.worker.dataset.check.SceneFolders;
import io.viewal.worker.store.ObjectStore;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scenes are prepared once, whatever data set and whichever worker comes to them. */
class PrepareStageIT {

    private static final int FRAMES = 4;

    @TempDir
    Path temp;

    private Path source;
    private StoreLocation location;
    private PrepareParameters.OnError onError;
    private PrepareParameters.Sampling sampling;
    private int seeds = 1;

    @BeforeEach
    void makeTwoRooms() throws IOException {
        source = temp.resolve("source");
        SceneFolders.synthetic(source, FRAMES, 1);
        SceneFolders.synthetic(source, FRAMES, 2);
        location = new StoreLocation("dir:" + temp.resolve("store"), "", "", "");
    }

    @Test
    void aSecondDataSetOfTheSameScenesPreparesNone() throws IOException {
        StageResult first = prepare("first", 10);
        StageResult second = prepare("second", 10);

        assertThat(reused(first)).isZero();
        assertThat(reused(second)).isEqualTo(2);
        assertThat(digest(second)).isEqualTo(digest(first));
        assertThat(second.artifacts().get(RoundRequests.LABELS).sha256())
                .isEqualTo(first.artifacts().get(RoundRequests.LABELS).sha256());
        assertThat(second.facts()).isEqualTo(first.facts()).containsKey("preflight");
        assertThat(second.metrics())
                .containsEntry(Metric.SUPERPIXEL_MIOU, first.metrics().get(Metric.SUPERPIXEL_MIOU));
    }

    @Test
    void aSceneMoreIsTheOnlyOnePrepared() throws IOException {
        prepare("first", 10);
        SceneFolders.synthetic(source, FRAMES, 3);
        StageResult more = prepare("more", 10);

        assertThat(more.metrics()).containsEntry(Metric.SCENES, 3.0);
        assertThat(reused(more)).isEqualTo(2);
    }

    @Test
    void otherSuperpixelsAreNotTheOldOnes() throws IOException {
        StageResult few = prepare("few", 10);
        StageResult many = prepare("many", 30);

        assertThat(reused(many)).isZero();
        assertThat(digest(many)).isNotEqualTo(digest(few));
    }

    @Test
    void aSceneWhoseFilesChangedIsPreparedAgain() throws IOException {
        prepare("first", 10);
        Path description = source.resolve("room-1-4/transforms.json");
        Files.writeString(description, Files.readString(description).replaceFirst("\\]\\s*}", "], \"note\": 1}"));

        assertThat(reused(prepare("second", 10))).isEqualTo(1);
    }

    @Test
    void aFileWithoutAStatedDigestIsReadToSeeWhetherItChanged() throws IOException {
        Path description = source.resolve("room-1-4/transforms.json");
        String text = Files.readString(description);
        Files.writeString(description, text.replaceAll("\"sha256\"\\s*:\\s*\\{[^}]*}", "\"note\": 0"));
        assertThat(Files.readString(description)).isNotEqualTo(text);
        prepare("first", 10);
        assertThat(reused(prepare("second", 10))).isEqualTo(2);
        Path room = source.resolve("room-1-4");
        try (var files = Files.walk(room)) {
            List<Path> colors = files.filter(
                            f -> f.toString().contains("image") || f.toString().contains("color"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
            BufferedImage image = ImageIO.read(colors.getFirst().toFile());
            image.setRGB(0, 0, image.getRGB(0, 0) ^ 1);
            ImageIO.write(image, "png", colors.getFirst().toFile());
        }

        assertThat(reused(prepare("third", 10))).isEqualTo(1);
    }

    @Test
    void aSceneThatSomebodyRemovedInPartIsMadeAgain() throws IOException {
        StageResult first = prepare("first", 10);
        Path scenes = temp.resolve("store/test/scenes");
        try (var files = Files.walk(scenes)) {
            Files.delete(files.filter(f -> f.endsWith("depth.npy")).findFirst().orElseThrow());
        }
        StageResult second = prepare("second", 10);

        assertThat(reused(second)).isEqualTo(1);
        assertThat(digest(second)).isEqualTo(digest(first));
    }

    @Test
    void whatWasPreparedBeforeAKillIsNotPreparedAgain() throws IOException {
        StageResult whole = prepare("whole", 20);
        AtomicBoolean stop = new AtomicBoolean();
        StageRequest request = request("killed", 10, 1);
        assertThatThrownBy(() -> runner("killed", (stage, progress) -> stop.set(progress.done() > FRAMES), stop)
                        .run(request, 0))
                .isInstanceOf(StoppedException.class);

        StageResult resumed =
                runner("resumed", (stage, progress) -> {}, new AtomicBoolean()).run(request.withAttempt(2), 0);

        assertThat(reused(resumed)).isEqualTo(1);
        assertThat(whole.metrics())
                .containsEntry(Metric.SCENES, resumed.metrics().get(Metric.SCENES));
    }

    @Test
    void workersThatShareTheScenesMakeTheSameDataSet() throws Exception {
        for (int seed = 3; seed < 6; seed++) {
            SceneFolders.synthetic(source, FRAMES, seed);
        }
        StageRequest request = request("shared", 10, 3);
        List<StageResult> shards = new ArrayList<>();
        try (ExecutorService workers = Executors.newFixedThreadPool(3)) {
            List<Future<StageResult>> running = new ArrayList<>();
            for (int shard = 0; shard < 3; shard++) {
                int own = shard;
                Callable<StageResult> work = () -> runner("shared", (stage, progress) -> {}, new AtomicBoolean())
                        .run(request, own);
                running.add(workers.submit(work));
            }
            for (Future<StageResult> result : running) {
                shards.add(result.get());
            }
        }
        location = new StoreLocation("dir:" + temp.resolve("other"), "", "", "");
        StageResult alone = prepare("alone", 10);

        assertThat(digest(shards.getFirst())).isEqualTo(digest(alone));
        assertThat(shards.getFirst().metrics()).containsEntry(Metric.SCENES, 5.0);
        assertThat(shards.get(1).artifacts()).isEmpty();
    }

    @Test
    void theFirstWorkerNeedsNoOther() throws IOException {
        StageResult first =
                runner("first", (stage, progress) -> {}, new AtomicBoolean()).run(request("lonely", 10, 2), 0);

        assertThat(first.metrics()).containsEntry(Metric.SCENES, 2.0);
    }

    @Test
    void everySecondFrameIsTakenIfAskedForAndNoMoreThanTheMost() throws IOException {
        StageResult all = prepare("all", 10);
        sampling = new PrepareParameters.Sampling(2, 0);
        StageResult half = prepare("half", 10);
        assertThat(half.metrics()).containsEntry(Metric.FRAMES, 4.0);
        assertThat(reused(half)).isZero();
        sampling = new PrepareParameters.Sampling(1, 1);
        assertThat(prepare("first", 10).metrics()).containsEntry(Metric.FRAMES, 2.0);
        sampling = new PrepareParameters.Sampling(1, 0);
        assertThat(digest(prepare("again", 10))).isEqualTo(digest(all));
    }

    @Test
    void framesThatCannotBeReadEndThePreparationOrAreLeftOutAndNamed() throws IOException {
        Path torn = source.resolve("room-1-4/depth/frame-00001.png");
        Files.write(torn, Arrays.copyOf(Files.readAllBytes(torn), 200));
        Files.delete(source.resolve("room-1-4/images/frame-00003.png"));
        assertThatThrownBy(() -> prepare("strict", 10))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("frame-00001");

        onError = PrepareParameters.OnError.Skip;
        StageResult lenient = prepare("lenient", 10);

        assertThat(lenient.metrics()).containsEntry(Metric.LEFT_OUT, 2.0).containsEntry(Metric.FRAMES, 6.0);
        try (ObjectStore store = ObjectStore.open(location, null)) {
            String table =
                    new String(store.fetch(lenient.artifacts().get(RoundRequests.LEFT_OUT)), StandardCharsets.UTF_8);
            assertThat(LeftOutCsv.read(table))
                    .extracting(LeftOutCsv.Row::scene, LeftOutCsv.Row::frame)
                    .containsExactly(tuple("room-1-4", "frame-00001"), tuple("room-1-4", "frame-00003"));
            assertThat(LeftOutCsv.read(table).get(1).reason()).contains("frame-00003.png", "no such file");
            DatasetManifest manifest =
                    DatasetManifest.read(store.fetch(lenient.artifacts().get(RoundRequests.DATASET)));
            assertThat(manifest.scene("room-1-4").frames()).isEqualTo(2);
            assertThat(manifest.seedFrames()).hasSize(1);
        }
    }

    @Test
    void leftOutFramesAreNoSeeds() throws IOException {
        onError = PrepareParameters.OnError.Skip;
        seeds = FRAMES;
        Files.delete(source.resolve("room-1-4/images/frame-00000.png"));
        assertThatThrownBy(() -> prepare("too-few", 10))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("asks for 4 frames, but the train split has 3");
        seeds = FRAMES - 1;
        assertThat(prepare("others", 10).metrics().get(Metric.LABELED_PIXELS)).isEqualTo(3.0 * 160 * 120);
    }

    @Test
    void aSceneWithoutAnyReadableFrameIsLeftOutAsAWhole() throws IOException {
        for (int frame = 0; frame < FRAMES; frame++) {
            Files.delete(source.resolve("room-2-4/images/frame-%05d.png".formatted(frame)));
        }
        onError = PrepareParameters.OnError.Skip;
        StageResult lenient = prepare("lenient", 10);

        assertThat(lenient.metrics()).containsEntry(Metric.SCENES, 1.0).containsEntry(Metric.LEFT_OUT, 1.0);
        LeftOutCsv.Row row = leftOut(lenient).getFirst();
        assertThat(row.scene()).isEqualTo("room-2-4");
        assertThat(row.frame()).isEmpty();
        assertThat(row.reason()).contains("No frame of scene 'room-2-4' can be read", "no such file");
        assertThat(reused(prepare("again", 10))).isEqualTo(2);
    }

    @Test
    void aDescriptionThatCannotBeReadLeavesOutItsSceneIfAskedTo() throws IOException {
        Files.writeString(source.resolve("room-2-4/transforms.json"), "{\"frames\": [");
        assertThatThrownBy(() -> prepare("strict", 10))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Scene 'room-2-4', file 'transforms.json'")
                .hasMessageContaining("is not JSON");

        onError = PrepareParameters.OnError.Skip;
        StageResult lenient = prepare("lenient", 10);
        assertThat(lenient.metrics()).containsEntry(Metric.SCENES, 1.0);
        assertThat(leftOut(lenient))
                .extracting(LeftOutCsv.Row::scene, LeftOutCsv.Row::frame)
                .containsExactly(tuple("room-2-4", ""));

        Files.writeString(source.resolve("room-1-4/transforms.json"), "nothing");
        assertThatThrownBy(() -> prepare("nothing", 10))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is not JSON");
    }

    @Test
    void framesWithABrokenDescriptionAreLeftOutIfAskedTo() throws IOException {
        Path description = source.resolve("room-1-4/transforms.json");
        ObjectNode json = (ObjectNode) ContractJson.mapper().readTree(description.toFile());
        ((ArrayNode) json.at("/frames/1/transform_matrix/0")).set(3, new TextNode("NaN"));
        json.withArray("frames").add(json.at("/frames/2").deepCopy());
        Files.write(description, ContractJson.toBytes(json));
        assertThatThrownBy(() -> prepare("strict", 10))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("frame-00001");

        onError = PrepareParameters.OnError.Skip;
        StageResult lenient = prepare("lenient", 10);
        assertThat(lenient.metrics()).containsEntry(Metric.LEFT_OUT, 2.0).containsEntry(Metric.FRAMES, 7.0);
        assertThat(leftOut(lenient)).extracting(LeftOutCsv.Row::frame).containsExactly("frame-00001", "frame-00002");
        assertThat(leftOut(lenient).getLast().reason()).contains("two frames have this name");
    }

    private List<LeftOutCsv.Row> leftOut(StageResult result) {
        try (ObjectStore store = ObjectStore.open(location, null)) {
            return LeftOutCsv.read(
                    new String(store.fetch(result.artifacts().get(RoundRequests.LEFT_OUT)), StandardCharsets.UTF_8));
        }
    }

    private StageResult prepare(String name, int superpixels) throws IOException {
        return runner(name, (stage, progress) -> {}, new AtomicBoolean()).run(request(name, superpixels, 1), 0);
    }

    private StageRunner runner(String name, ProgressListener listener, AtomicBoolean stop) {
        return new StageRunner(
                ObjectStore.open(location, null),
                temp.resolve("scratch-" + name),
                listener,
                stop::get,
                Clock.systemUTC());
    }

    private StageRequest request(String name, int superpixels, int shards) {
        PrepareParameters parameters = new PrepareParameters(
                new PrepareParameters.Source("dir:" + source, null, null, null),
                null,
                null,
                160,
                120,
                sampling,
                null,
                new PrepareParameters.SeedSet(0, seeds, 0),
                new PrepareParameters.Superpixels(superpixels, 0),
                null,
                null,
                onError);
        return RoundRequests.prepare(
                new Owner("MultiViewDataset", "test", name, name + "-0123456789"), location, parameters, shards);
    }

    private static double reused(StageResult result) {
        return result.metrics().get(Metric.REUSED_SCENES);
    }

    private static String digest(StageResult result) {
        ArtifactRef manifest = result.artifacts().get(RoundRequests.DATASET);
        return manifest.sha256();
    }
}
