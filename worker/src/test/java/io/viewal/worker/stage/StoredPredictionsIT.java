package io.viewal.worker.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.viewal.contract.ArtifactRef;
import io.viewal.contract.Owner;
import io.viewal.contract.PrepareParameters;
import io.viewal.contract.RoundRequests;
import io.viewal.contract.ScoreParametersBuilder;
import io.viewal.contract.Stage;
import io.viewal.contract.StageRequest;
import io.viewal.contract.StageResult;
import io.viewal.contract.StoreLocation;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.DatasetManifest;
import io.viewal.worker.dataset.Split;
import io.viewal.worker.npy.NpyFile;
import io.viewal.worker.store.ObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What SCORE refuses of the predictions that a trainer left. */
class StoredPredictionsIT {

    private static final String SCENES = "{\"version\": 1, \"passes\": %d, \"scenes\": {%s}}";

    @TempDir
    Path folder;

    private ObjectStore store;
    private StoreLocation location;
    private StageRunner runner;
    private StageResult dataset;

    @BeforeEach
    void prepare() throws IOException {
        location = new StoreLocation("dir:" + folder.resolve("store"), "", "", "");
        store = ObjectStore.open(location, null);
        runner = new StageRunner(
                store, folder.resolve("scratch"), (stage, progress) -> {}, () -> false, Clock.systemUTC());
        PrepareParameters parameters = SyntheticRooms.of(2, 2);
        dataset = runner.run(
                RoundRequests.prepare(
                        new Owner("MultiViewDataset", "test", "rooms", "0123456789"), location, parameters, 1),
                0);
    }

    @Test
    void onePassIsNotTakenForTheMeanOfDropoutPasses() throws IOException {
        assertThat(refusal("ViewAL", SCENES.formatted(1, "")))
                .contains("ViewAL", "mean of dropout passes", "'passes'", "SoftmaxEntropy");
    }

    @Test
    void strategiesThatCompareVotesAreRefused() throws IOException {
        assertThat(refusal("RegionalMcDropout", SCENES.formatted(5, ""))).contains("RegionalMcDropout", "VOTES");
    }

    @Test
    void aFrameWithoutPredictionsIsNamed() throws IOException {
        assertThat(refusal("ViewAL", SCENES.formatted(5, ""))).contains("no file for frame", "every frame");
    }

    @Test
    void aListOfAnotherReleaseIsRefused() throws IOException {
        assertThat(refusal("ViewAL", "{\"version\": 9, \"passes\": 1, \"scenes\": {}}"))
                .contains("version 9, this worker reads 1");
    }

    @Test
    void predictionsOfAnotherSizeAreRefused() throws IOException {
        DatasetManifest manifest =
                DatasetManifest.read(store.fetch(dataset.artifacts().get(RoundRequests.DATASET)));
        int classes = manifest.classes().size();
        float[] even = new float[classes * 32 * 24];
        Arrays.fill(even, 1f / classes);
        Path npy = folder.resolve("frame.npy");
        NpyFile.write(npy, even, classes, 24, 32);
        ArtifactRef file = store.putArtifact("own/frame.npy", npy);
        StringBuilder scenes = new StringBuilder();
        for (DatasetManifest.SceneEntry scene : manifest.scenes(Split.TRAIN)) {
            scenes.append(scenes.isEmpty() ? "" : ",").append(frames(scene, file));
        }
        assertThat(refusal("ViewAL", SCENES.formatted(5, scenes)))
                .contains(classes + " classes", "expected the data set's " + classes);
    }

    private String frames(DatasetManifest.SceneEntry scene, ArtifactRef file) throws IOException {
        ArtifactRef list = StageContext.beside(
                dataset.artifacts().get(RoundRequests.DATASET), scene.files().get("cameras"));
        String cameras = new String(store.fetch(list), StandardCharsets.UTF_8);
        StringBuilder frames = new StringBuilder();
        var names = Pattern.compile("\"name\":\"([^\"]+)\"").matcher(cameras);
        while (names.find()) {
            frames.append(frames.isEmpty() ? "" : ",")
                    .append("\"%s\": {\"name\": \"frame.npy\", \"bytes\": %d, \"sha256\": \"%s\"}"
                            .formatted(names.group(1), file.bytes(), file.sha256()));
        }
        return "\"%s\": {%s}".formatted(scene.name(), frames);
    }

    /** What SCORE says of a list of predictions. */
    private String refusal(String strategy, String index) throws IOException {
        ArtifactRef list =
                store.putArtifact("own/predictions.json", Files.writeString(folder.resolve("predictions.json"), index));
        StageResult train = new StageResult(
                1,
                Stage.TRAIN,
                0,
                1,
                null,
                1,
                "",
                Map.of(),
                Map.of(RoundRequests.PREDICTIONS, list),
                Map.of(),
                Map.of());
        StageRequest score = new RoundRequests(
                        new Owner("ActiveLearningRound", "test", "round-0", "9876543210"),
                        location,
                        7,
                        dataset,
                        Optional.of(dataset.artifacts().get(RoundRequests.LABELS)))
                .score(ScoreParametersBuilder.builder().strategy(strategy).build(), 1, train);
        return Assertions.catchThrowableOfType(InvalidInputException.class, () -> runner.run(score, 0))
                .getMessage();
    }
}
