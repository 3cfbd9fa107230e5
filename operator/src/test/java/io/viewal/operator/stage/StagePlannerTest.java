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
    private static final RetryPolicy POLICY = new RetryPolicy(3, Duration.ofSeconds(10), Duration.ofSeconds(600));
    private static final AttemptState RUNS = new Running("the worker runs");

    private final StagePlanner planner = new StagePlanner();

    private static StageRecord record(State state, int attempt, int failures, int disruptions) {
        return new StageRecord(
                Stage.TRAIN,
                state,
                new Tally(attempt, failures, disruptions),
                null,
                new StageRecord.Times(NOW.minusSeconds(60), null, null),
                null,
                "");
    }

    private static Ended ended(Cause cause, Instant at) {
        return new Ended(cause, Reason.WorkerFailed, "the worker fell over", at);
    }

    private static StageObservation seen(Attempt... attempts) {
        return StageObservation.of(Stage.TRAIN, List.of(attempts));
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
        assertThat(plan.recheck()).contains(Duration.ofSeconds(5));
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
        assertThat(plan.action()).isEqualTo(new Launch(Stage.TRAIN, 2, List.of("train-1")));
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

    @ParameterizedTest
    @CsvSource({
        "59, 3600, false", // a fifth more is not done
        "60, 59, false", // a minute has not passed
        "60, 60, true",
        "80, 30, false",
        "100, 61, true"
    })
    void renewsProgressOnceAFifthMoreIsDoneAndAMinuteHasPassed(int percent, int seconds, boolean renewed) {
        StageProgressReport before = new StageProgressReport(40, NOW.plusSeconds(60), "iteration 40", NOW);
        Instant later = NOW.plusSeconds(seconds);
        StageProgressReport report = new StageProgressReport(percent, later, "iteration " + percent, later);
        StagePlan plan = planner.plan(
                record(State.Running, 1, 0, 0).running(new Tally(1, 0, 0), before, "iteration 40"),
                new StageObservation(Stage.TRAIN, List.of(attempt(1, RUNS)), Optional.of(report), Optional.of(later)),
                POLICY,
                false,
                later);
        assertThat(plan.record().progress()).isEqualTo(renewed ? report : before);
        assertThat(plan.verdict().message()).isEqualTo("Train runs: iteration " + (renewed ? percent : 40));
    }

    @Test
    void saysTheSameFromTheLaunchUntilThereIsMoreToSay() {
        StagePlan launch = plan(StageRecord.pending(Stage.TRAIN));
        StagePlan later =
                plan(launch.record(), attempt(1, new Waiting(Reason.PodStarting, "the Job controller is slow")));
        assertThat(later.record()).isEqualTo(launch.record());
        assertThat(later.verdict()).isEqualTo(launch.verdict());
    }

    private StagePlan planSilent(int seconds) {
        StageProgressReport report = new StageProgressReport(40, null, "iteration 40", NOW);
        return planner.plan(
                record(State.Running, 1, 0, 0),
                new StageObservation(
                        Stage.TRAIN,
                        List.of(attempt(1, RUNS)),
                        Optional.of(report),
                        Optional.of(NOW.minusSeconds(seconds))),
                POLICY,
                false,
                NOW);
    }

    @Test
    void stopsAWorkerThatReportsNothingMoreAndTriesAgain() {
        assertThat(planSilent(600).action()).isEqualTo(new None());
        StagePlan plan = planSilent(601);
        assertThat(plan.action()).isEqualTo(new Stop(List.of("train-1")));
        assertThat(plan.record().state()).isEqualTo(State.Retrying);
        assertThat(plan.record().tally()).isEqualTo(new Tally(1, 1, 0));
        assertThat(plan.ended())
                .hasValueSatisfying(ended -> assertThat(ended.reason()).isEqualTo(Reason.WorkerSilent));
        assertThat(plan.verdict().message()).contains("stallSeconds", "600 s");
    }

    @Test
    void makesAJobAnewAtOnceThatItsClassWouldMakeOtherwise() {
        StagePlan plan =
                plan(record(State.Waiting, 1, 0, 0), new Attempt(1, "train-1", ended(Cause.REPLACED, NOW), true));
        assertThat(plan.action()).isEqualTo(new Launch(Stage.TRAIN, 2, List.of("train-1")));
        assertThat(plan.record().tally()).as("it is not counted").isEqualTo(new Tally(2, 0, 0));
    }

    @Test
    void replacesThePodThatALostNodeStillHas() {
        StagePlan plan =
                plan(record(State.Running, 1, 0, 0), new Attempt(1, "train-1", ended(Cause.DISRUPTED, NOW), true));
        assertThat(plan.action()).isEqualTo(new Launch(Stage.TRAIN, 2, List.of("train-1")));
    }

    @Test
    void stopsThePodThatOutlivesAWorkerThatFailedForGood() {
        StagePlan plan =
                plan(record(State.Running, 1, 0, 0), new Attempt(1, "train-1", ended(Cause.PERMANENT, NOW), true));
        assertThat(plan.verdict().kind()).isEqualTo(Kind.FAILED);
        assertThat(plan.action()).isEqualTo(new Stop(List.of("train-1")));
    }

    @ParameterizedTest
    @CsvSource({
        "PodRejected, STALLED",
        "QuotaExceeded, PROGRESSING",
        "NodeLost, PROGRESSING",
        "PodSetupSlow, PROGRESSING"
    })
    void tellsWhatComesByItselfFromWhatSomebodyMustMend(Reason reason, Kind kind) {
        StagePlan plan = plan(record(State.Waiting, 1, 0, 0), attempt(1, new Waiting(reason, "text")));
        assertThat(plan.verdict().kind()).isEqualTo(kind);
        assertThat(plan.recheck()).isPresent();
    }
}
