package io.viewal.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.viewal.contract.ContractJson;
import io.viewal.contract.ExitCode;
import io.viewal.contract.Fact;
import io.viewal.contract.Stage;
import io.viewal.contract.StageResult;
import io.viewal.contract.StoreLocation;
import io.viewal.worker.dataset.check.SceneFolders;
import io.viewal.worker.store.ObjectStore;
import io.viewal.worker.store.S3Server;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two chained rounds in one process, from a YAML file to the page, on a tiny synthetic data set. */
class LocalRoundIT {

    private static final String ROUNDS = """
        kind: MultiViewDataset
        metadata: {name: rooms}
        spec:
          source: {synthetic: {scenes: 3, framesPerScene: 4, seed: 1}}
          width: 80
          height: 60
          seedSet: {frames: 2, seed: 1}
        ---
        kind: ActiveLearningRound
        metadata: {name: round-0}
        spec:
          dataset: rooms
          seed: 7
          training: {epochs: 1, batchSize: 2}
          scoring: {passes: 2}
          selection: {budget: {amount: 5, unit: Regions}}
        ---
        kind: ActiveLearningRound
        metadata: {name: round-1}
        spec:
          dataset: rooms
          previousRound: round-0
          seed: 8
          training: {epochs: 1, batchSize: 2, start: PreviousRound}
          scoring: {passes: 2}
          selection: {budget: {amount: 5, unit: Regions}}
        """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path temp;

    @Test
    void roundsAreTheSameBytesInEveryStoreAndASecondRunRepeatsNothing() throws Exception {
        Path file = Files.writeString(temp.resolve("rounds.yaml"), ROUNDS);
        String first = "dir:" + temp.resolve("first");
        assertThat(run(file, "--store", first)).as(err::toString).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("ROUND", "round-0", "round-1", "round.html");
        Map<String, String> digests = digests(new StoreLocation(first, "", "", ""), null);
        assertThat(digests)
                .containsKeys(
                        "rooms prepare dataset",
                        "round-0 train model",
                        "round-1 select selection",
                        "round-1 label page");
        assertThat(page(first)).contains("What is taken for what", "taken for");
        assertThat(train(first, "round-1").inputs()).containsEntry("start", digests.get("round-0 train model"));
        assertThat(train(first, "round-1").facts().get(Fact.START))
                .contains(digests.get("round-0 train model"), " 0 missing");
        assertThat(train(first, "round-0").facts())
                .containsEntry(Fact.START, "random weights")
                .containsKey(Fact.RANDOM_WEIGHTS);
        assertThat(train(first, "round-1").facts()).doesNotContainKey(Fact.RANDOM_WEIGHTS);
        assertThat(page(first)).contains("Training began with");
        assertThat(digests.get("round-0 select selection")).isNotEqualTo(digests.get("round-1 select selection"));

        List<String> before = keys(first);
        assertThat(before).noneMatch(key -> key.contains("checkpoint") || key.contains("progress"));
        assertThat(run(file, "--store", first)).as(err::toString).isEqualTo(ExitCode.OK);
        assertThat(keys(first)).isEqualTo(before);

        Path renamed = Files.writeString(
                temp.resolve("renamed.yaml"), ROUNDS.replace("round-", "again-").replace("rooms", "halls"));
        assertThat(run(renamed, "--store", first)).as(err::toString).isEqualTo(ExitCode.OK);
        assertThat(keys(first).stream().filter(key -> !key.contains("/references/")))
                .as("others of the same content find all that there is")
                .containsExactlyElementsOf(before.stream()
                        .filter(key -> !key.contains("/references/"))
                        .toList());

        damage(first, train(first, "round-1").artifacts().get("model").key());
        commitNothing(first, "score", "round-1");
        assertThat(run(file, "--store", first)).as(err::toString).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("model.safetensors' is missing, or not what was committed");
        assertThat(digests(new StoreLocation(first, "", "", ""), null)).isEqualTo(digests);

        try (S3Server server = new S3Server(temp)) {
            StoreLocation bucket = server.location();
            assertThat(run(
                            file,
                            "--store",
                            bucket.endpoint(),
                            "--bucket",
                            bucket.bucket(),
                            "--credentials",
                            server.credentials().toString()))
                    .as(err::toString)
                    .isEqualTo(ExitCode.OK);
            assertThat(digests(bucket, server.credentials())).isEqualTo(digests);
        }
    }

    @Test
    void aBudgetBeyondWhatIsLeftEndsTheRoundWithOneSentence() throws IOException {
        Path file = Files.writeString(
                temp.resolve("rounds.yaml"), ROUNDS.replace("{amount: 5, unit: Regions}", "{amount: 99}"));
        assertThat(run(file, "--store", "dir:" + temp.resolve("store"))).isEqualTo(ExitCode.BAD_DATA);
        assertThat(err.toString())
                .contains("The budget exceeds what is left to label", "99 Images asked for", "onShortage: TakeAll")
                .doesNotContain("\tat ");
    }

    @Test
    void groundTruthOfTheSeedSetAloneEndsTheRoundBeforeABudgetIsSpent() throws IOException {
        Path scenes = temp.resolve("scenes");
        for (int seed = 1; seed <= 3; seed++) {
            Path transforms = SceneFolders.synthetic(scenes, 3, seed).resolve("transforms.json");
            JsonNode scene = ContractJson.mapper().readTree(transforms.toFile());
            for (int frame = 1; frame < 3; frame++) {
                ((ObjectNode) scene.path("frames").path(frame)).remove("label_path");
            }
            ContractJson.mapper().writeValue(transforms.toFile(), scene);
        }
        String rounds = ROUNDS.replace(
                        "synthetic: {scenes: 3, framesPerScene: 4, seed: 1}", "uri: 'dir:" + scenes + "'")
                .replace("{frames: 2, seed: 1}", "{frames: 1, seed: 1}");
        Path file = Files.writeString(temp.resolve("rounds.yaml"), rounds);
        assertThat(run(file, "--store", "dir:" + temp.resolve("store"))).isEqualTo(ExitCode.BAD_DATA);
        assertThat(err.toString()).contains("has ground truth", "all frames of the split train");
    }

    @Test
    void aPreviousRoundThatDoesNotExistIsNamed() throws IOException {
        String[] documents = ROUNDS.split("---\n");
        Path file = Files.writeString(
                temp.resolve("rounds.yaml"), documents[0] + "---\n" + documents[2].replace("round-0", "round-9"));
        assertThat(run(file, "--store", "dir:" + temp.resolve("store"))).isEqualTo(ExitCode.BAD_REQUEST);
        assertThat(err.toString()).contains("'round-9'", "neither before it in the file nor complete in the store");
    }

    @Test
    void aWarmStartWithoutAPreviousRoundIsNamed() throws IOException {
        Path file = Files.writeString(temp.resolve("rounds.yaml"), ROUNDS.replace("  previousRound: round-0\n", ""));
        assertThat(run(file, "--store", "dir:" + temp.resolve("store"))).isEqualTo(ExitCode.BAD_REQUEST);
        assertThat(err.toString()).contains("'round-1'", "training.start PreviousRound", "no previousRound");
    }

    @Test
    void aMissingBucketAndWrongCredentialsAreNamed() throws Exception {
        Path file = Files.writeString(temp.resolve("rounds.yaml"), ROUNDS);
        try (S3Server server = new S3Server(temp)) {
            String endpoint = server.location().endpoint();
            String credentials = server.credentials().toString();
            assertThat(run(file, "--store", endpoint, "--bucket", "no-such-bucket", "--credentials", credentials))
                    .isEqualTo(ExitCode.TEMPORARY);
            assertThat(err.toString()).contains("no-such-bucket");
            Path wrong = Files.createDirectories(temp.resolve("wrong"));
            Files.writeString(wrong.resolve("accessKey"), "test-access");
            Files.writeString(wrong.resolve("secretKey"), "not-the-secret");
            assertThat(run(file, "--store", endpoint, "--bucket", S3Server.BUCKET, "--credentials", wrong.toString()))
                    .isEqualTo(ExitCode.TEMPORARY);
            assertThat(err.toString()).doesNotContain("not-the-secret");
        }
    }

    /** SHA-256 of every artifact, by owner, stage and name. */
    private static Map<String, String> digests(StoreLocation location, Path credentials) {
        Map<String, String> digests = new TreeMap<>();
        for (StageResult result : results(location, credentials)) {
            String stage = result.madeBy().name() + " " + result.stage().key();
            result.artifacts().forEach((name, ref) -> digests.put(stage + " " + name, ref.sha256()));
        }
        return digests;
    }

    private static List<StageResult> results(StoreLocation location, Path credentials) {
        try (ObjectStore store = ObjectStore.open(location, credentials)) {
            return store.list("local").stream()
                    .filter(key -> key.matches(".*/result[^/]*\\.json"))
                    .map(key -> ContractJson.read(store.read(key).orElseThrow(), StageResult.class))
                    .toList();
        }
    }

    private static StageResult train(String endpoint, String round) {
        return results(new StoreLocation(endpoint, "", "", ""), null).stream()
                .filter(result ->
                        result.stage() == Stage.TRAIN && result.madeBy().name().equals(round))
                .findFirst()
                .orElseThrow();
    }

    private void damage(String endpoint, String key) throws IOException {
        Path file = Path.of(endpoint.substring("dir:".length())).resolve(key);
        Files.write(file, new byte[] {1}, StandardOpenOption.APPEND);
    }

    /** Removes the results of a stage that a round made, as if the stage had not been done yet. */
    private static void commitNothing(String endpoint, String stage, String round) {
        try (ObjectStore store = ObjectStore.open(new StoreLocation(endpoint, "", "", ""), null)) {
            store.list("local/results/" + stage).stream()
                    .filter(key -> key.endsWith("result.json"))
                    .filter(key -> ContractJson.read(store.read(key).orElseThrow(), StageResult.class)
                            .madeBy()
                            .name()
                            .equals(round))
                    .forEach(store::delete);
        }
    }

    private static String page(String endpoint) {
        try (ObjectStore store = ObjectStore.open(new StoreLocation(endpoint, "", "", ""), null)) {
            String key = store.list("local").stream()
                    .filter(name -> name.endsWith("round.html"))
                    .findFirst()
                    .orElseThrow();
            return new String(store.read(key).orElseThrow(), StandardCharsets.UTF_8);
        }
    }

    private static List<String> keys(String endpoint) {
        try (ObjectStore store = ObjectStore.open(new StoreLocation(endpoint, "", "", ""), null)) {
            return store.list("local");
        }
    }

    private int run(Path file, String... more) {
        return ViewalCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(Stream.concat(Stream.of("run", "--round", file.toString()), Arrays.stream(more))
                        .toArray(String[]::new));
    }
}
