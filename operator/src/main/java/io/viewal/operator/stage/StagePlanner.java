package io.viewal.operator.stage;

import io.viewal.api.v1alpha1.StageStatus.State;
import io.viewal.operator.condition.Reason;
import io.viewal.operator.condition.Verdict;
import io.viewal.operator.stage.AttemptState.Cause;
import io.viewal.operator.stage.AttemptState.Ended;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Decides what happens to a stage whose result is not committed. A pure function: an attempt that ended is counted once,
 * as the record says up to which attempt it has counted, and a record that was lost is made up from the Jobs.
 */
public final class StagePlanner {

    private static final Duration PROGRESS_POLL = Duration.ofSeconds(2);

    /** How often a pod that is not set up is looked at again: its trouble shows in events, which are not watched. */
    private static final Duration SETUP_POLL = Duration.ofSeconds(10);

    /** What came of the attempts so far: the tally, and the newest ending that was not counted before. */
    private record Outcome(Tally tally, Optional<Ended> last) {}

    /**
     * Plans.
     *
     * @param record what was remembered
     * @param held true when no worker may run
     */
    public StagePlan plan(StageRecord record, StageObservation seen, RetryPolicy policy, boolean held, Instant now) {
        Outcome outcome = count(record, seen, now);
        if (outcome.last().isPresent() && givenUp(outcome, policy)) {
            return giveUp(record, outcome.tally(), outcome.last().get(), policy, now);
        }
        if (held) {
            return hold(record, seen, outcome.tally());
        }
        Optional<AttemptState> current = newestUncounted(record, seen, outcome.tally());
        if (current.isPresent() && current.get().active()) {
            return watch(record.begunBy(now), outcome.tally(), current.get(), seen);
        }
        return next(record, outcome, policy, now);
    }

    private static Outcome count(StageRecord record, StageObservation seen, Instant now) {
        Tally tally = record.tally();
        int newest = Math.max(tally.attempt(), seen.newest());
        Ended last = null;
        for (int attempt = record.counted() + 1; attempt <= newest; attempt++) {
            if (seen.state(attempt).orElseGet(() -> lost(now)) instanceof Ended ended) {
                last = ended;
                tally = tally.plus(ended);
            }
        }
        return new Outcome(tally.launched(newest), Optional.ofNullable(last));
    }

    private static AttemptState lost(Instant now) {
        return new Ended(Cause.DISRUPTED, Reason.Disrupted, "its Job was deleted", now);
    }

    private static Optional<AttemptState> newestUncounted(StageRecord record, StageObservation seen, Tally tally) {
        return tally.attempt() > record.counted() ? seen.state(tally.attempt()) : Optional.empty();
    }

    private static boolean givenUp(Outcome outcome, RetryPolicy policy) {
        return outcome.last().orElseThrow().cause() == Cause.PERMANENT || policy.exhausted(outcome.tally());
    }

    private static StagePlan giveUp(StageRecord record, Tally tally, Ended last, RetryPolicy policy, Instant now) {
        boolean disrupted = last.cause() == Cause.DISRUPTED;
        Reason reason = disrupted ? Reason.DisruptedTooOften : last.reason();
        String text = switch (last.cause()) {
            case PERMANENT -> "%s failed: %s".formatted(record.stage().title(), last.message());
            case DISRUPTED ->
                "%s was disrupted %d times, last because %s; make a new round when the cluster is calm"
                        .formatted(record.stage().title(), tally.disruptions(), last.message());
            case FAILED ->
                "%s failed in %d of %d attempts, last because: %s"
                        .formatted(record.stage().title(), tally.failures(), policy.maxAttempts(), last.message());
        };
        return new StagePlan(
                record.failed(tally, now, text),
                new StageAction.None(),
                Verdict.failed(reason, text),
                Optional.empty());
    }

    private static StagePlan hold(StageRecord record, StageObservation seen, Tally tally) {
        List<String> jobs = seen.active().map(Attempt::job).toList();
        String text = "held by spec.suspend at " + record.stage().title() + "; set it to false to go on";
        return new StagePlan(
                record.with(State.Suspended, tally, text),
                jobs.isEmpty() ? new StageAction.None() : new StageAction.Stop(jobs),
                new Verdict(Verdict.Kind.HELD, Reason.Suspended, text),
                Optional.empty());
    }

    private static StagePlan watch(StageRecord record, Tally tally, AttemptState current, StageObservation seen) {
        return switch (current) {
            case AttemptState.Running running -> running(record, tally, running, seen);
            case AttemptState.Waiting waiting -> waiting(record, tally, waiting);
            case Ended _ -> throw new IllegalStateException("An attempt that ended is not watched");
        };
    }

    private static StagePlan running(
            StageRecord record, Tally tally, AttemptState.Running running, StageObservation seen) {
        Optional<StageProgressReport> report = seen.progress().map(progress -> progress.steadiedBy(record.progress()));
        String text = report.map(StageProgressReport::message).orElse(running.message());
        return new StagePlan(
                record.running(tally, report.orElse(null), text),
                new StageAction.None(),
                Verdict.progressing(Reason.Running, record.stage().title() + " runs: " + text),
                Optional.of(PROGRESS_POLL));
    }

    private static StagePlan waiting(StageRecord record, Tally tally, AttemptState.Waiting waiting) {
        String text = record.stage().title() + " waits: " + waiting.message();
        boolean someoneMustAct =
                waiting.reason() == Reason.ImagePullFailing || waiting.reason() == Reason.PodSetupFailing;
        return new StagePlan(
                record.with(State.Waiting, tally, waiting.message()),
                new StageAction.None(),
                someoneMustAct ? Verdict.stalled(waiting.reason(), text) : Verdict.progressing(waiting.reason(), text),
                waiting.reason() == Reason.WaitingForResources ? Optional.empty() : Optional.of(SETUP_POLL));
    }

    private static StagePlan next(StageRecord record, Outcome outcome, RetryPolicy policy, Instant now) {
        Tally tally = outcome.tally();
        Instant due = outcome.last()
                .map(ended -> policy.due(tally, ended))
                .orElse(record.state() == State.Retrying ? record.times().retryAt() : null);
        String because = outcome.last().map(Ended::message).orElse(record.message());
        if (due != null && now.isBefore(due)) {
            String text = "%s will be tried again: attempt %d ended because %s"
                    .formatted(record.stage().title(), tally.attempt(), because);
            return new StagePlan(
                    record.retrying(tally, due, because),
                    new StageAction.None(),
                    Verdict.progressing(Reason.Retrying, text),
                    Optional.of(Duration.between(now, due).plusMillis(1)));
        }
        String after = outcome.last()
                .map(ended -> " after attempt %d ended because %s".formatted(tally.attempt(), ended.message()))
                .orElse("");
        return launch(record, tally, "launched" + after, now);
    }

    private static StagePlan launch(StageRecord record, Tally tally, String message, Instant now) {
        int attempt = tally.attempt() + 1;
        String text = "%s attempt %d %s".formatted(record.stage().title(), attempt, message);
        return new StagePlan(
                record.launched(tally.launched(attempt), now, message),
                new StageAction.Launch(record.stage(), attempt),
                Verdict.progressing(Reason.StageLaunched, text),
                Optional.of(SETUP_POLL));
    }
}
