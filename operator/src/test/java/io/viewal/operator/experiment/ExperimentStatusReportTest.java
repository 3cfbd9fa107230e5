package io.viewal.operator.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.viewal.api.v1alpha1.ActiveLearningExperiment;
import io.viewal.api.v1alpha1.ExperimentStatus;
import io.viewal.api.v1alpha1.StoreReference;
import io.viewal.contract.ArtifactRef;
import io.viewal.contract.ExperimentRequests;
import io.viewal.contract.Owner;
import io.viewal.contract.Stage;
import io.viewal.contract.StageResult;
import io.viewal.operator.job.Inherited;
import io.viewal.operator.pipeline.Observed;
import io.viewal.operator.pipeline.PipelinePlan;
import io.viewal.operator.pipeline.Records;
import io.viewal.operator.pipeline.Results;
import io.viewal.operator.pipeline.Setting;
import io.viewal.operator.pipeline.Situation;
import io.viewal.operator.stage.StageAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExperimentStatusReportTest {

    private static final int MOST_BYTES = 8 << 10;

    private static final StoreReference STORE = new StoreReference(
            "https://object-store.storage.svc.cluster.local:9000", "viewal", "runs", "eu-central-1", "viewal-store");

    private static ActiveLearningExperiment experiment(String name) {
        ActiveLearningExperiment experiment = new ActiveLearningExperiment();
        experiment.setMetadata(new ObjectMetaBuilder()
                .withNamespace("research")
                .withName(name)
                .withUid("01234567-89ab-cdef-0123-456789abcdef")
                .withGeneration(7L)
                .build());
        return experiment;
    }

    /** The status once the report is made of the rounds as they are. */
    private static ExperimentStatus status(ActiveLearningExperiment experiment, Experiments rounds) {
        ExperimentPlan plan = rounds.plan();
        Owner owner = ExperimentKind.ownerOf(experiment);
        String key = "runs/research/results/report/" + "d".repeat(64) + "/"
                + experiment.getMetadata().getName() + "-01234567-1/";
        Map<String, ArtifactRef> artifacts = List.of(
                        ExperimentRequests.PAGE, ExperimentRequests.TABLE, ExperimentRequests.SUMMARY, "curves.svg")
                .stream()
                .collect(Collectors.toMap(name -> name, name -> new ArtifactRef(key + name, 123456L, "e".repeat(64))));
        StageResult result = new StageResult(
                1, Stage.REPORT, 0, 1, owner, 1, "d".repeat(64), Map.of(), artifacts, Map.of(), Map.of());
        ReportPipeline pipeline = new ReportPipeline(
                owner,
                new Setting("standard", null, STORE, Inherited.NOTHING, true),
                artifacts.get("curves.svg"),
                plan.verdict());
        Observed observed =
                new Observed.Underway(pipeline, new Results(Map.of(Stage.REPORT, List.of(result))), Optional.empty());
        PipelinePlan reported = new PipelinePlan(
                Records.of(ReportPipeline.STAGES, null), new StageAction.None(), plan.verdict(), Optional.empty());
        return new ExperimentStatusReport(
                        experiment, rounds.observed(), plan, new Situation(observed, reported, Experiments.START))
                .status();
    }

    @Test
    void staysSmallWithTenArmsNineSeedsAndTwentyRounds() {
        String arms = IntStream.range(0, 10)
                .mapToObj("{\"name\": \"an-arm-with-a-long-name%d\"}"::formatted)
                .collect(Collectors.joining(", "));
        Experiments rounds = Experiments.with("""
                {"rounds": 20, "seeds": {"count": 9}, "control": "ForegroundRandom66", "reference": "FullSupervision",
                 "stop": {"plateau": {"window": 18, "delta": 0.0012345}}, "arms": [%s]}""".formatted(arms));
        rounds.finish(0.123456);
        rounds.fail("e-an-arm-with-a-long-name0-s8-r7", "x".repeat(1000));
        ActiveLearningExperiment experiment =
                experiment("an-experiment-with-a-name-of-about-sixty-characters-as-may-be");
        ExperimentStatus status = status(experiment, rounds);
        int bytes = Serialization.asJson(status).getBytes(StandardCharsets.UTF_8).length;
        System.out.printf("status of %d arms, %s rounds: %d bytes%n", status.arms(), status.progress(), bytes);
        assertThat(status.armStates()).hasSize(12);
        assertThat(bytes).isLessThanOrEqualTo(MOST_BYTES);
    }

    @Test
    void readsBackAsItWasWritten() {
        Experiments rounds = Experiments.with("{\"reference\": \"FullSupervision\"}");
        ActiveLearningExperiment experiment = experiment("compare");
        assertThat(readBack(status(experiment, rounds))).isEqualTo(status(experiment, rounds));
        rounds.finish(0.5);
        ExperimentStatus status = status(experiment, rounds);
        assertThat(readBack(status)).isEqualTo(status);
        assertThat(status.artifacts()).doesNotContainKey("curves.svg").hasSize(3);
        assertThat(status.inputs().datasetDigest()).isEqualTo("digest");
        assertThat(status.startedAt()).isEqualTo("2026-12-01T08:00:00Z");
    }

    private static ExperimentStatus readBack(ExperimentStatus status) {
        return Serialization.unmarshal(Serialization.asJson(status), ExperimentStatus.class);
    }
}
