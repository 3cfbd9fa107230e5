package io.viewal.operator.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.viewal.api.v1alpha1.StageStatus;
import io.viewal.api.v1alpha1.StageStatus.State;
import io.viewal.contract.Fact;
import io.viewal.contract.Owner;
import io.viewal.contract.Stage;
import io.viewal.operator.condition.Reason;
import io.viewal.operator.condition.Verdict;
import io.viewal.operator.stage.AttemptState.Cause;
import io.viewal.operator.stage.AttemptState.Ended;
import io.viewal.operator.stage.StageRecord;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReportedEventTest {

    private static final String TIME = "2026-01-01T12:00:00Z";
    private static final Owner ROUND = new Owner("ActiveLearningRound", "demo", "round-0", "uid");

    private static StageRecord train(State state, int attempt, int failures, int disruptions, String message) {
        return StageRecord.of(new StageStatus(
                "Train",
                state,
                null,
                attempt,
                failures,
                disruptions,
                null,
                TIME,
                TIME,
                null,
                null,
                null,
                null,
                message));
    }

    private static List<ReportedEvent> between(
            StageRecord before, StageRecord after, Reason was, Verdict verdict, Ended... ended) {
        return between(
                before, after, was, new Change.Now(verdict, Arrays.stream(ended).findFirst(), Map.of()));
    }

    private static List<ReportedEvent> between(StageRecord before, StageRecord after, Reason was, Change.Now now) {
        var ready =
                new ConditionBuilder().withType("Ready").withReason(was.name()).build();
        return ReportedEvent.of(new Change(null, ROUND, List.of(ready), List.of(before), List.of(after), now));
    }

    private static Ended ended(Cause cause, Reason reason, String message) {
        return new Ended(cause, reason, message, Instant.parse(TIME));
    }

    private static ReportedEvent told(boolean warning, Reason reason, String message, int attempt) {
        return new ReportedEvent(
                warning, reason, message, Optional.of(new ReportedEvent.AttemptOf(Stage.TRAIN, attempt)));
    }

    @Test
    void tellsOfALaunchOnce() {
        StageRecord before = train(State.Pending, 0, 0, 0, "");
        StageRecord after = train(State.Waiting, 1, 0, 0, "its pod is starting");
        Verdict verdict = Verdict.progressing(Reason.PodStarting, "text");
        assertThat(between(before, after, Reason.DatasetNotReady, verdict))
                .containsExactly(told(false, Reason.StageLaunched, "Train attempt 1 is launched", 1));
        assertThat(between(after, after, Reason.PodStarting, verdict)).isEmpty();
    }

    @Test
    void warnsOfAFailedAttemptThatIsTriedAgainAtOnce() {
        assertThat(between(
                        train(State.Running, 1, 0, 0, ""),
                        train(State.Waiting, 2, 1, 0, "its pod is starting; attempt 1 ended because store is down"),
                        Reason.Running,
                        Verdict.progressing(Reason.PodStarting, "text"),
                        ended(Cause.FAILED, Reason.StoreUnavailable, "store is down")))
                .containsExactly(
                        told(true, Reason.Retrying, "Train attempt 1 failed: store is down", 1),
                        told(false, Reason.StageLaunched, "Train attempt 2 is launched", 2));
    }

    @Test
    void warnsOfRandomWeightsWhenTheTrainingIsCommittedAndNotAgain() {
        StageRecord before = train(State.Running, 1, 0, 0, "");
        StageRecord after = train(State.Complete, 1, 0, 0, "");
        Verdict verdict = Verdict.progressing(Reason.PodStarting, "text");
        Change.Now random = new Change.Now(
                verdict,
                Optional.empty(),
                Map.of(Stage.TRAIN, Map.of(Fact.RANDOM_WEIGHTS, "began with random weights")));
        assertThat(between(before, after, Reason.Running, random))
                .containsExactly(
                        told(false, Reason.StageComplete, "Train is committed by attempt 1 after 0 s", 1),
                        told(true, Reason.RandomWeights, "began with random weights", 1));
        assertThat(between(after, after, Reason.PodStarting, random)).isEmpty();
        assertThat(between(before, after, Reason.Running, verdict))
                .extracting(ReportedEvent::reason)
                .containsExactly(Reason.StageComplete);
    }

    @Test
    void tellsOfADisruptionAndOfTheNextLaunch() {
        assertThat(between(
                        train(State.Running, 1, 0, 0, ""),
                        train(State.Waiting, 2, 0, 1, "its pod is starting"),
                        Reason.Running,
                        Verdict.progressing(Reason.PodStarting, "text"),
                        ended(Cause.DISRUPTED, Reason.Disrupted, "its pod was stopped")))
                .containsExactly(
                        told(
                                false,
                                Reason.Disrupted,
                                "Train attempt 1 was disrupted and is made again: its pod was stopped",
                                1),
                        told(false, Reason.StageLaunched, "Train attempt 2 is launched", 2));
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"NodeLost", "Evicted"})
    void warnsOfDisruptionsThatSomebodyMayWantToKnowOf(Reason reason) {
        assertThat(between(
                        train(State.Running, 1, 0, 0, ""),
                        train(State.Waiting, 2, 0, 1, "its pod is starting"),
                        Reason.Running,
                        Verdict.progressing(Reason.PodStarting, "text"),
                        ended(Cause.DISRUPTED, reason, "why")))
                .first()
                .isEqualTo(told(true, reason, "Train attempt 1 was disrupted and is made again: why", 1));
    }

    @Test
    void tellsThatAJobIsMadeAnew() {
        assertThat(between(
                        train(State.Waiting, 1, 0, 0, ""),
                        train(State.Waiting, 2, 0, 0, "its pod is starting"),
                        Reason.ImagePullFailing,
                        Verdict.progressing(Reason.PodStarting, "text"),
                        ended(Cause.REPLACED, Reason.ClassChanged, "the class has changed")))
                .first()
                .isEqualTo(told(
                        false,
                        Reason.ClassChanged,
                        "Train attempt 1 had not begun and is made anew: the class has changed",
                        1));
    }

    @Test
    void warnsWhenARoundIsGivenUp() {
        assertThat(between(
                        train(State.Running, 1, 0, 0, ""),
                        train(State.Failed, 1, 1, 0, "text"),
                        Reason.Running,
                        Verdict.failed(Reason.InvalidLabels, "Train failed: label 9")))
                .containsExactly(told(true, Reason.InvalidLabels, "Train failed: label 9", 1));
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
