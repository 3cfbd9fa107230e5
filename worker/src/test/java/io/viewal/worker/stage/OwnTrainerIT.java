package io.viewal.worker.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.viewal.contract.ContractJson;
import io.viewal.contract.LabelParametersBuilder;
import io.viewal.contract.Metric;
import io.viewal.contract.Owner;
import io.viewal.contract.PrepareParameters;
import io.viewal.contract.RoundRequests;
import io.viewal.contract.ScoreParametersBuilder;
import io.viewal.contract.SelectParameters;
import io.viewal.contract.SelectParametersBuilder;
import io.viewal.contract.StageRequest;
import io.viewal.contract.StageResult;
import io.viewal.contract.StoreLocation;
import io.viewal.contract.TrainParametersBuilder;
import io.viewal.contract.WorkerEnv;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.store.ObjectStore;
import io.viewal.worker.store.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example in {@code src/examples/own-trainer}, run as a process in the place of TRAIN. */
class OwnTrainerIT {

    private static final Path EXAMPLE = Path.of("../src/examples/own-trainer/train.py");
    private static final Owner DATASET = new Owner("MultiViewDataset", "test", "rooms", "0123456789");
    private static final Owner ROUND = new Owner("ActiveLearningRound", "test", "round-0", "9876543210");

    private static String python;

    @TempDir
    Path folder;

    /** Makes Python with PyTorch when the cache has none, which takes a minute and Debian's packages. */
    @BeforeAll
    static void findPython() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("../src/dev/trainer-image", "--python")
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        List<String> lines = process.inputReader().lines().toList();
        if (process.waitFor() != 0) {
            String message = "src/dev/trainer-image --python makes no Python with PyTorch: " + String.join("\n", lines);
            assertThat(System.getenv("CI")).as(message).isNotEqualTo("true");
            assumeThat(process.exitValue()).as(message).isZero();
        }
        python = lines.getLast();
    }

    @Test
    void aRoundIsCompleteWithATrainerInPythonOnS3() throws Exception {
        try (S3Server server = new S3Server(folder);
                ObjectStore store = ObjectStore.open(server.location(), server.credentials())) {
            runRound(server.location(), server.credentials(), store);
        }
    }

    @Test
    void aRoundIsCompleteWithATrainerInPythonInAFolder() throws Exception {
        StoreLocation location = new StoreLocation("dir:" + folder.resolve("store"), "", "runs", "");
        try (ObjectStore store = ObjectStore.open(location, null)) {
            runRound(location, null, store);
        }
    }

    private void runRound(StoreLocation location, Path credentials, ObjectStore store) throws Exception {
        StageRunner runner = new StageRunner(
                store, folder.resolve("scratch"), (stage, progress) -> {}, () -> false, Clock.systemUTC());
        StageResult dataset = runner.run(prepare(location), 0);
        RoundRequests requests = new RoundRequests(
                ROUND, location, 7, dataset, Optional.of(dataset.artifacts().get(RoundRequests.LABELS)));
        StageRequest request = requests.train(
                TrainParametersBuilder.builder()
                        .epochs(3)
                        .batchSize(2)
                        .image("lab/trainer:1")
                        .build(),
                Optional.empty());

        StageResult train = train(request, credentials, store);
        assertThat(train.attempt()).isEqualTo(1);
        assertThat(train.madeBy()).isEqualTo(ROUND);
        assertThat(train.requestDigest()).isEqualTo(request.digest());
        assertThat(train.metrics().get(Metric.TEST_MIOU)).isBetween(0.0, 1.0);
        assertThat(train(request.withAttempt(2), credentials, store))
                .as("a second attempt finds the first one's result")
                .isEqualTo(train);

        StageRequest score = requests.score(ScoreParametersBuilder.builder().build(), 1, train);
        assertThat(score.inputs()).containsKey(RoundRequests.PREDICTIONS).doesNotContainKey(RoundRequests.MODEL);
        assertThatThrownBy(() -> runner.run(
                        requests.score(
                                ScoreParametersBuilder.builder()
                                        .strategy("CoreSet")
                                        .build(),
                                1,
                                train),
                        0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContainingAll("CoreSet", "FEATURES", "own trainer");
        List<StageResult> scores = List.of(runner.run(score, 0));
        StageResult select = runner.run(
                requests.select(
                        SelectParametersBuilder.builder()
                                .budget(new SelectParameters.Budget(3, SelectParameters.Unit.Regions))
                                .build(),
                        scores),
                0);
        StageResult label =
                runner.run(requests.label(LabelParametersBuilder.builder().build(), train, scores, select), 0);
        assertThat(label.metrics().get(Metric.REGIONS)).isEqualTo(3);
        assertThat(label.artifacts()).containsKeys(RoundRequests.LABELS, RoundRequests.PAGE);
    }

    private static StageRequest prepare(StoreLocation location) {
        PrepareParameters parameters = new PrepareParameters(
                new PrepareParameters.Source(null, null, new PrepareParameters.Synthetic(3, 4, 1), null),
                null,
                null,
                80,
                60,
                null,
                null,
                new PrepareParameters.SeedSet(0, 2, 1),
                null,
                null,
                null,
                null);
        return RoundRequests.prepare(DATASET, location, parameters, 1);
    }

    /** Runs the example as the kubelet would: a request file, credentials as files, the environment of a pod. */
    private StageResult train(StageRequest request, Path credentials, ObjectStore store)
            throws IOException, InterruptedException {
        Path file = folder.resolve("request.json");
        Files.write(file, ContractJson.toBytes(request));
        Path log = folder.resolve("trainer.log");
        ProcessBuilder builder = new ProcessBuilder(python, EXAMPLE.toString(), "stage")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put(WorkerEnv.REQUEST_FILE, file.toString());
        builder.environment().put(WorkerEnv.REQUEST_DIGEST, request.digest());
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        if (credentials != null) {
            builder.environment().put(WorkerEnv.CREDENTIALS_DIR, credentials.toString());
        }
        Process process = builder.start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES))
                    .as("the trainer ends")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(() -> read(log)).isZero();
        return ContractJson.read(store.read(request.layout().resultKey(0)).orElseThrow(), StageResult.class);
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return "no log: " + e.getMessage();
        }
    }
}
