package io.viewal.operator.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.viewal.api.v1alpha1.StageStatus.State;
import io.viewal.contract.Stage;
import io.viewal.operator.condition.Reason;
import io.viewal.operator.condition.Verdict.Kind;
import io.viewal.operator.stage.AttemptState.Cause;
import io.viewal.operator.stage.AttemptState.Ended;
import io.viewal.operator.stage.AttemptState.Running;
import io.viewal.operator.stage.AttemptState.Waiting;
import io.viewal.operator.stage.StageAction.Launch;
import io.viewal.operator.stage.StageAction.None;
import io.viewal.operator.stage.StageAction.Stop;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StagePlannerTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final RetryPolicy POLICY = new RetryPolicy(3, Duration.ofSeconds(10));
    private static final AttemptState RUNS = new Running("the worker runs");

    private final StagePlanner planner = new StagePlanner();

    private static StageRecord record(State state, int attempt, int failures, int disruptions) {
        return new StageRecord(
                Stage.TRAIN,
                state,
                new Tally(attempt, failures, disruptions),
                new StageRecord.Times(NOW.minusSeconds(60), null, null),
                null,
                "");
    }

    private static Ended ended(Cause cause, Instant at) {
        return new Ended(cause, Reason.WorkerFailed, "the worker fell over", at);
    }

    private static StageObservation seen(Attempt... attempts) {
        return new StageObservation(Stage.TRAIN, List.of(attempts), Optional.empty());
    }

    private static Attempt attempt(int number, AttemptState state) {
        return new Attempt(number, "train-" + number, state);
    }

    private StagePlan plan(StageRecord record, Attempt... attempts) {
        return planner.plan(record, seen(attempts), POLICY, false, NOW);
    }

    @Test
    void launchesTheFirstAttemptOfAPendingStage() {
        StagePlan plan = plan(StageRecord.pending(Stage.TRAIN));
        assertThat(plan.action()).isEqualTo(new Launch(Stage.TRAIN, 1));
        assertThat(plan.record().tally()).isEqualTo(new Tally(1, 0, 0));
        assertThat(plan.record().times().startedAt()).isEqualTo(NOW);
    }

    @Test
    void watchesARunningAttempt() {
        StagePlan plan = plan(record(State.Waiting, 1, 0, 0), attempt(1, RUNS));
        assertThat(plan.action()).isEqualTo(new None());
        assertThat(plan.record().state()).isEqualTo(State.Running);
        assertThat(plan.recheck()).contains(Duration.ofSeconds(2));
    }

    @Test
    void doesNotLaunchAgainWhenTheStatusOfALaunchWasLost() {
        StagePlan plan = plan(StageRecord.pending(Stage.TRAIN), attempt(1, RUNS));
        assertThat(plan.action()).isEqualTo(new None());
        assertThat(plan.record().tally().attempt()).isEqualTo(1);
        assertThat(plan.record().times().startedAt()).isNotNull();
    }

    @Test
    void relaunchesAtOnceAndFreeOfChargeAfterADisruption() {
        StagePlan plan = plan(record(State.Running, 1, 0, 0), attempt(1, ended(Cause.DISRUPTED, NOW)));
        assertThat(plan.action()).isEqualTo(new Launch(Stage.TRAIN, 2));
        assertThat(plan.record().tally()).isEqualTo(new Tally(2, 0, 1));
    }

    @Test
    void takesALaunchedAttemptWithoutAJobForDisrupted() {
        StagePlan plan = plan(record(State.Running, 2, 1, 0));
        assertThat(plan.action()).isEqualTo(new Launch(Stage.TRAIN, 3));
        assertThat(plan.record().tally()).isEqualTo(new Tally(3, 1, 1));
    }

    @Test
    void waitsBeforeItTriesAFailedAttemptAgain() {
        StagePlan plan = plan(record(State.Running, 1, 0, 0), attempt(1, ended(Cause.FAILED, NOW)));
        assertThat(plan.action()).isEqualTo(new None());
        assertThat(plan.record().state()).isEqualTo(State.Retrying);
        assertThat(plan.record().tally()).isEqualTo(new Tally(1, 1, 0));
        assertThat(plan.record().times().retryAt()).isEqualTo(NOW.plusSeconds(10));
        assertThat(plan.verdict().reason()).isEqualTo(Reason.Retrying);
    }

    @Test
    void countsAFailedAttemptOnce() {
        StageRecord counted = plan(record(State.Running, 1, 0, 0), attempt(1, ended(Cause.FAILED, NOW)))
                .record();
        StagePlan again = plan(counted, attempt(1, ended(Cause.FAILED, NOW)));
        assertThat(again.record()).isEqualTo(counted);
        assertThat(again.action()).isEqualTo(new None());
    }

    @Test
    void launchesTheNextAttemptWhenItIsDue() {
        StageRecord due = plan(record(State.Running, 1, 0, 0), attempt(1, ended(Cause.FAILED, NOW.minusSeconds(5))))
                .record();
        StagePlan plan =
                planner.plan(due, seen(attempt(1, ended(Cause.FAILED, NOW))), POLICY, false, NOW.plusSeconds(5));
        assertThat(plan.action()).isEqualTo(new Launch(Stage.TRAIN, 2));
        assertThat(plan.record().tally()).isEqualTo(new Tally(2, 1, 0));
    }

    @Test
    void keepsWaitingWhenTheFailedJobIsGone() {
        StageRecord counted = plan(record(State.Running, 1, 0, 0), attempt(1, ended(Cause.FAILED, NOW)))
                .record();
        StagePlan plan = plan(counted);
        assertThat(plan.action()).isEqualTo(new None());
        assertThat(plan.record().tally()).isEqualTo(new Tally(1, 1, 0));
    }

    @ParameterizedTest
    @CsvSource({"0, 10", "1, 20"})
    void doublesThePauseWithEachFailure(int failuresBefore, int seconds) {
        StagePlan plan = plan(record(State.Running, 5, failuresBefore, 0), attempt(5, ended(Cause.FAILED, NOW)));
        assertThat(plan.record().times().retryAt()).isEqualTo(NOW.plusSeconds(seconds));
    }

    @Test
    void givesUpAtOnceOnBadInput() {
        StagePlan plan = plan(record(State.Running, 1, 0, 0), attempt(1, ended(Cause.PERMANENT, NOW)));
        assertThat(plan.verdict().kind()).isEqualTo(Kind.FAILED);
        assertThat(plan.record().state()).isEqualTo(State.Failed);
        assertThat(plan.verdict().message()).contains("the worker fell over");
    }

    @Test
    void givesUpAfterTheLastAttempt() {
        StagePlan plan = plan(record(State.Running, 4, 2, 1), attempt(4, ended(Cause.FAILED, NOW)));
        assertThat(plan.verdict().kind()).isEqualTo(Kind.FAILED);
        assertThat(plan.verdict().message()).contains("3 of 3 attempts", "the worker fell over");
    }

    @Test
    void givesUpWhenDisruptionsNeverEnd() {
        StagePlan plan = plan(record(State.Running, 50, 0, 49), attempt(50, ended(Cause.DISRUPTED, NOW)));
        assertThat(plan.verdict().reason()).isEqualTo(Reason.DisruptedTooOften);
    }

    @Test
    void pausesAfterManyDisruptions() {
        StagePlan plan = plan(record(State.Running, 4, 0, 3), attempt(4, ended(Cause.DISRUPTED, NOW)));
        assertThat(plan.action()).isEqualTo(new None());
        assertThat(plan.record().times().retryAt()).isEqualTo(NOW.plusSeconds(10));
    }

    @Test
    void countsAttemptsThatTheRecordMissed() {
        StagePlan plan = plan(record(State.Running, 1, 0, 0), attempt(1, ended(Cause.FAILED, NOW)), attempt(2, RUNS));
        assertThat(plan.record().tally()).isEqualTo(new Tally(2, 1, 0));
        assertThat(plan.record().state()).isEqualTo(State.Running);
        assertThat(plan.action()).isEqualTo(new None());
    }

    @Test
    void stopsTheRunningJobWhenHeld() {
        StagePlan plan = planner.plan(record(State.Running, 1, 0, 0), seen(attempt(1, RUNS)), POLICY, true, NOW);
        assertThat(plan.action()).isEqualTo(new Stop(List.of("train-1")));
        assertThat(plan.record().state()).isEqualTo(State.Suspended);
        assertThat(plan.verdict().kind()).isEqualTo(Kind.HELD);
    }

    @Test
    void stopsAJobThatIsThereAlthoughHeld() {
        StagePlan plan = planner.plan(record(State.Suspended, 1, 0, 0), seen(attempt(1, RUNS)), POLICY, true, NOW);
        assertThat(plan.action()).isEqualTo(new Stop(List.of("train-1")));
    }

    @Test
    void launchesAnewWhenLetGo() {
        StagePlan plan = plan(record(State.Suspended, 1, 0, 0), attempt(1, RUNS));
        assertThat(plan.action()).isEqualTo(new Launch(Stage.TRAIN, 2));
        assertThat(plan.record().tally()).isEqualTo(new Tally(2, 0, 0));
    }

    @Test
    void doesNotLaunchAHeldStage() {
        StagePlan plan = planner.plan(StageRecord.pending(Stage.TRAIN), seen(), POLICY, true, NOW);
        assertThat(plan.action()).isEqualTo(new None());
        assertThat(plan.verdict().reason()).isEqualTo(Reason.Suspended);
    }

    @Test
    void showsTheSchedulersWords() {
        StagePlan plan = plan(
                record(State.Waiting, 1, 0, 0),
                attempt(1, new Waiting(Reason.WaitingForResources, "0/2 nodes are available")));
        assertThat(plan.verdict().kind()).isEqualTo(Kind.PROGRESSING);
        assertThat(plan.verdict().reason()).isEqualTo(Reason.WaitingForResources);
        assertThat(plan.record().message()).isEqualTo("0/2 nodes are available");
    }

    @Test
    void callsSomeoneWhenAnImageCannotBePulled() {
        StagePlan plan =
                plan(record(State.Waiting, 1, 0, 0), attempt(1, new Waiting(Reason.ImagePullFailing, "no such image")));
        assertThat(plan.verdict().kind()).isEqualTo(Kind.STALLED);
    }

    @Test
    void keepsTheEstimateWhileThePercentageIsTheSame() {
        StageProgressReport before = new StageProgressReport(40, NOW.plusSeconds(60), "iteration 40");
        StageRecord record = new StageRecord(
                Stage.TRAIN,
                State.Running,
                new Tally(1, 0, 0),
                new StageRecord.Times(NOW, null, null),
                before,
                "iteration 40");
        StageObservation seen = new StageObservation(
                Stage.TRAIN,
                List.of(attempt(1, RUNS)),
                Optional.of(new StageProgressReport(40, NOW.plusSeconds(75), "iteration 40")));
        assertThat(planner.plan(record, seen, POLICY, false, NOW).record().progress())
                .isEqualTo(before);
    }
}
