package io.viewal.operator.round;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.viewal.api.v1alpha1.ActiveLearningRound;
import io.viewal.api.v1alpha1.Artifact;
import io.viewal.api.v1alpha1.RoundClassSpec;
import io.viewal.api.v1alpha1.RoundSpec;
import io.viewal.api.v1alpha1.RoundStatus;
import io.viewal.api.v1alpha1.StageStatus;
import io.viewal.api.v1alpha1.StoreReference;
import io.viewal.contract.ArtifactRef;
import io.viewal.contract.ContractJson;
import io.viewal.contract.RoundRequests;
import io.viewal.contract.Stage;
import io.viewal.contract.StageResult;
import io.viewal.operator.condition.Reason;
import io.viewal.operator.condition.Verdict;
import io.viewal.operator.job.Inherited;
import io.viewal.operator.pipeline.Observed;
import io.viewal.operator.pipeline.PipelinePlan;
import io.viewal.operator.pipeline.Records;
import io.viewal.operator.pipeline.Results;
import io.viewal.operator.pipeline.Setting;
import io.viewal.operator.pipeline.Situation;
import io.viewal.operator.stage.StageAction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RoundStatusReportTest {

    private static final int MAX_STATUS_BYTES = 16 * 1024;
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final String LONG = "n".repeat(63);
    private static final String SHA = "0123456789abcdef".repeat(4);
    private static final StoreReference STORE =
            new StoreReference("https://" + LONG + ".example.com:9000", LONG, LONG + "/" + LONG, "region", LONG);

    private static ActiveLearningRound round() {
        ActiveLearningRound round = new ActiveLearningRound();
        round.setMetadata(new ObjectMetaBuilder()
                .withNamespace(LONG)
                .withName(LONG)
                .withUid("0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9")
                .withGeneration(1L)
                .build());
        round.setSpec(ContractJson.mapper()
                .convertValue(
                        Map.of("dataset", LONG, "selection", Map.of("budget", Map.of("amount", 1))), RoundSpec.class));
        return round;
    }

    private static StageResult result(Stage stage, int shard, List<String> artifacts) {
        Map<String, ArtifactRef> refs = new TreeMap<>();
        artifacts.forEach(name -> refs.put(
                name,
                new ArtifactRef(
                        LONG + "/" + LONG + "/results/train/" + SHA + "/" + LONG + "-0a1b2c3d-1/" + name,
                        1L << 40,
                        SHA)));
        Map<String, Double> metrics = new TreeMap<>();
        for (int i = 0; i < 12; i++) {
            metrics.put("aFigureWithALongName" + stage + i, 0.123456789 * i);
        }
        return new StageResult(
                1, stage, shard, 64, null, 1, SHA, Map.of(), refs, metrics, Map.of("device" + stage, "m".repeat(200)));
    }

    private static Situation complete(ActiveLearningRound round) {
        Map<Stage, List<StageResult>> done = new EnumMap<>(Stage.class);
        done.put(Stage.TRAIN, List.of(result(Stage.TRAIN, 0, List.of(RoundRequests.MODEL, RoundRequests.HISTORY))));
        done.put(
                Stage.SCORE,
                IntStream.range(0, 64)
                        .mapToObj(shard -> result(Stage.SCORE, shard, List.of(RoundRequests.SCORES)))
                        .toList());
        done.put(Stage.SELECT, List.of(result(Stage.SELECT, 0, List.of(RoundRequests.SELECTION))));
        done.put(Stage.LABEL, List.of(result(Stage.LABEL, 0, List.of(RoundRequests.LABELS, RoundRequests.PAGE))));
        Artifact input = new Artifact("s3://" + LONG + "/" + LONG + "/manifest.json", SHA, 10L);
        RoundPipeline pipeline = new RoundPipeline(
                round,
                new Setting(
                        LONG,
                        new RoundClassSpec(null, null, null, null, null, null, null, null, null, null, null),
                        STORE,
                        Inherited.NOTHING,
                        true),
                new RoundStatus.Inputs(STORE, input, input, null, input));
        List<StageStatus> stages = Stage.ROUND.stream()
                .map(stage -> new StageStatus(
                        stage.title(),
                        StageStatus.State.Complete,
                        null,
                        20,
                        3,
                        17,
                        "d".repeat(64),
                        NOW.toString(),
                        NOW.toString(),
                        null,
                        100,
                        NOW.toString(),
                        NOW.toString(),
                        "m".repeat(2000)))
                .toList();
        PipelinePlan plan = new PipelinePlan(
                Records.of(Stage.ROUND, stages),
                new StageAction.None(),
                new Verdict(Verdict.Kind.COMPLETE, Reason.Complete, "m".repeat(2000)),
                Optional.empty());
        return new Situation(new Observed.Underway(pipeline, new Results(done), Optional.empty()), plan, NOW);
    }

    @Test
    void staysUnderSixteenKilobytesHoweverLongNamesAndMessagesAre() {
        ActiveLearningRound round = round();
        String json = Serialization.asJson(new RoundStatusReport(round, complete(round)).status());
        assertThat(json.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(MAX_STATUS_BYTES);
    }

    @Test
    void readsBackAsItWasWritten() {
        ActiveLearningRound round = round();
        RoundStatus status = new RoundStatusReport(round, complete(round)).status();
        assertThat(Serialization.unmarshal(Serialization.asJson(status), RoundStatus.class))
                .isEqualTo(status);
    }

    @Test
    void keepsWhatIsKnownWhileAPrerequisiteIsMissing() {
        ActiveLearningRound round = round();
        RoundStatus before = new RoundStatusReport(round, complete(round)).status();
        round.setStatus(before);
        Situation blocked = new Situation(
                new Observed.Blocked(Verdict.stalled(Reason.ClassNotFound, "no class"), List.of()),
                new PipelinePlan(
                        Records.of(Stage.ROUND, before.stages()),
                        new StageAction.None(),
                        Verdict.stalled(Reason.ClassNotFound, "no class"),
                        Optional.empty()),
                NOW);
        RoundStatus after = new RoundStatusReport(round, blocked).status();
        assertThat(after.metrics()).isEqualTo(before.metrics());
        assertThat(after.artifacts()).isEqualTo(before.artifacts());
        assertThat(after.inputs()).isEqualTo(before.inputs());
        assertThat(after.className()).isEqualTo(before.className());
    }
}
