package io.viewal.operator.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.viewal.api.v1alpha1.StageStatus;
import io.viewal.api.v1alpha1.StageStatus.State;
import io.viewal.contract.Fact;
import io.viewal.contract.Stage;
import io.viewal.operator.condition.Reason;
import io.viewal.operator.condition.Verdict;
import io.viewal.operator.stage.StageRecord;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HappeningTest {

    private static StageRecord train(State state, int attempt, int failures, int disruptions, String message) {
        String time = "2026-01-01T12:00:00Z";
        return StageRecord.of(new StageStatus(
                "Train", state, null, attempt, failures, disruptions, time, time, null, null, null, message));
    }

    private static List<Happening> between(StageRecord before, StageRecord after, Reason was, Verdict verdict) {
        return between(before, after, was, verdict, Map.of());
    }

    private static List<Happening> between(
            StageRecord before, StageRecord after, Reason was, Verdict verdict, Map<String, String> facts) {
        var ready =
                new ConditionBuilder().withType("Ready").withReason(was.name()).build();
        return Happening.of(
                new Change(null, List.of(ready), List.of(before), List.of(after), verdict, Map.of(Stage.TRAIN, facts)));
    }

    @Test
    void tellsOfALaunchOnce() {
        StageRecord before = train(State.Pending, 0, 0, 0, "");
        StageRecord after = train(State.Waiting, 1, 0, 0, "launched");
        Verdict verdict = Verdict.progressing(Reason.StageLaunched, "text");
        assertThat(between(before, after, Reason.DatasetNotReady, verdict))
                .containsExactly(new Happening(false, Reason.StageLaunched, "Train attempt 1 launched"));
        assertThat(between(after, after, Reason.StageLaunched, verdict)).isEmpty();
    }

    @Test
    void warnsOfAFailedAttempt() {
        assertThat(between(
                        train(State.Running, 1, 0, 0, ""),
                        train(State.Retrying, 1, 1, 0, "store is down"),
                        Reason.Running,
                        Verdict.progressing(Reason.Retrying, "text")))
                .containsExactly(new Happening(true, Reason.Retrying, "Train attempt 1 failed: store is down"));
    }

    @Test
    void warnsOfRandomWeightsWhenTheTrainingIsCommittedAndNotAgain() {
        StageRecord before = train(State.Running, 1, 0, 0, "");
        StageRecord after = train(State.Complete, 1, 0, 0, "");
        Map<String, String> facts = Map.of(Fact.RANDOM_WEIGHTS, "began with random weights");
        Verdict verdict = Verdict.progressing(Reason.StageLaunched, "text");
        assertThat(between(before, after, Reason.Running, verdict, facts))
                .containsExactly(
                        new Happening(false, Reason.StageComplete, "Train is committed after 0 s"),
                        new Happening(true, Reason.RandomWeights, "began with random weights"));
        assertThat(between(after, after, Reason.StageLaunched, verdict, facts)).isEmpty();
        assertThat(between(before, after, Reason.Running, verdict, Map.of()))
                .extracting(Happening::reason)
                .containsExactly(Reason.StageComplete);
    }

    @Test
    void tellsOfADisruptionAndOfTheNextLaunch() {
        assertThat(between(
                        train(State.Running, 1, 0, 0, ""),
                        train(State.Waiting, 2, 0, 1, "launched after attempt 1 ended because its pod was stopped"),
                        Reason.Running,
                        Verdict.progressing(Reason.StageLaunched, "text")))
                .extracting(Happening::reason)
                .containsExactly(Reason.Disrupted, Reason.StageLaunched);
    }

    @Test
    void warnsWhenARoundIsGivenUp() {
        assertThat(between(
                        train(State.Running, 1, 0, 0, ""),
                        train(State.Failed, 1, 1, 0, "text"),
                        Reason.Running,
                        Verdict.failed(Reason.InvalidLabels, "Train failed: label 9")))
                .containsExactly(new Happening(true, Reason.InvalidLabels, "Train failed: label 9"));
    }

    @Test
    void keepsQuietAboutProgress() {
        assertThat(between(
                        train(State.Waiting, 1, 0, 0, ""),
                        train(State.Running, 1, 0, 0, "epoch 1"),
                        Reason.PodStarting,
                        Verdict.progressing(Reason.Running, "text")))
                .isEmpty();
    }
}
