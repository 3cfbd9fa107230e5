package io.viewal.operator.stage;

import io.viewal.api.v1alpha1.StageStatus.State;
import io.viewal.operator.condition.Reason;
import io.viewal.operator.condition.Verdict;
import io.viewal.operator.stage.AttemptState.Cause;
import io.viewal.operator.stage.AttemptState.Ended;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what happens to a stage whose result is not committed. A pure function: an attempt that ended is counted once,
 * as the record says up to which attempt it has counted, and a record that was lost is made up from the Jobs.
 */
public final class StagePlanner {

    /** How often a running worker's progress is read: an ending is told by events. */
    private static final Duration PROGRESS_POLL = Duration.ofSeconds(5);

    /** How often a pod that is not set up is looked at again: its trouble shows in events, which are not watched. */
    private static final Duration SETUP_POLL = Duration.ofSeconds(10);

    /** What a worker waits for that does not come by itself. */
    private static final Set<Reason> SOMEONE_MUST_ACT =
            EnumSet.of(Reason.ImagePullFailing, Reason.PodSetupFailing, Reason.PodRejected);

    private static final String STARTING = "its pod is starting";

    /** What came of the attempts so far: what is seen, the tally, and the newest ending that was not counted before. */
    private record Outcome(StageObservation seen, Tally tally, Optional<Ended> last) {}

    /**
     * Plans.
     *
     * @param record what was remembered
     * @param found what there is to see
     * @param held true when no worker may run
     */
    public StagePlan plan(StageRecord record, StageObservation found, RetryPolicy policy, boolean held, Instant now) {
        Outcome outcome = count(record, found.endingSilence(policy.stall(), now), now);
        return plan(record, outcome, policy, held, now).after(outcome.last());
    }

    private static StagePlan plan(StageRecord record, Outcome outcome, RetryPolicy policy, boolean held, Instant now) {
        if (outcome.last().isPresent() && givenUp(outcome, policy)) {
            return giveUp(record, outcome, policy, now);
        }
        if (held) {
            return hold(record, outcome.seen(), outcome.tally());
        }
        Optional<AttemptState> current = newestUncounted(record, outcome.seen(), outcome.tally());
        if (current.isPresent() && current.get().active()) {
            return watch(record.begunBy(now), outcome, current.get(), now);
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
        return new Outcome(seen, tally.launched(newest), Optional.ofNullable(last));
    }

    private static AttemptState lost(Instant now) {
        return new Ended(Cause.DISRUPTED, Reason.Disrupted, "its Job was deleted", now);
    }

    private static Optional<AttemptState> newestUncounted(StageRecord record, StageObservation seen, Tally tally) {
        return tally.attempt() > record.counted() ? seen.state(tally.attempt()) : Optional.empty();
    }

    private static boolean givenUp(Outcome outcome, RetryPolicy policy) {
        return switch (outcome.last().orElseThrow().cause()) {
            case PERMANENT -> true;
            case FAILED, DISRUPTED -> policy.exhausted(outcome.tally());
            case REPLACED -> false;
        };
    }

    private static StagePlan giveUp(StageRecord record, Outcome outcome, RetryPolicy policy, Instant now) {
        Tally tally = outcome.tally();
        Ended last = outcome.last().orElseThrow();
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
            case REPLACED -> throw new IllegalStateException("A Job that is replaced ends nothing");
        };
        return new StagePlan(
                record.failed(tally, now, text),
                StageAction.stop(outcome.seen().heldJobs()),
                Verdict.failed(reason, text),
                Optional.empty());
    }

    private static StagePlan hold(StageRecord record, StageObservation seen, Tally tally) {
        String text = "held by spec.suspend at " + record.stage().title() + "; set it to false to go on";
        return new StagePlan(
                record.with(State.Suspended, tally, text),
                StageAction.stop(seen.heldJobs()),
                new Verdict(Verdict.Kind.HELD, Reason.Suspended, text),
                Optional.empty());
    }

    private static StagePlan watch(StageRecord record, Outcome outcome, AttemptState current, Instant now) {
        return switch (current) {
            case AttemptState.Running running -> running(record, outcome, running, now);
            case AttemptState.Waiting waiting -> waiting(record, outcome.tally(), waiting);
            case Ended _ -> throw new IllegalStateException("An attempt that ended is not watched");
        };
    }

    private static StagePlan running(StageRecord record, Outcome outcome, AttemptState.Running running, Instant now) {
        StageProgressReport report = outcome.seen()
                .progress()
                .orElseGet(() -> StageProgressReport.begun(running.message(), now))
                .after(record.progress());
        return new StagePlan(
                record.running(outcome.tally(), report, report.message()),
                new StageAction.None(),
                Verdict.progressing(Reason.Running, record.stage().title() + " runs: " + report.message()),
                Optional.of(PROGRESS_POLL));
    }

    private static StagePlan waiting(StageRecord record, Tally tally, AttemptState.Waiting waiting) {
        if (waiting.reason() == Reason.PodStarting) {
            boolean said = record.state() == State.Waiting && record.message().startsWith(STARTING);
            return starting(
                    record.with(State.Waiting, tally, said ? record.message() : STARTING), new StageAction.None());
        }
        String text = record.stage().title() + " waits: " + waiting.message();
        return new StagePlan(
                record.with(State.Waiting, tally, waiting.message()),
                new StageAction.None(),
                SOMEONE_MUST_ACT.contains(waiting.reason())
                        ? Verdict.stalled(waiting.reason(), text)
                        : Verdict.progressing(waiting.reason(), text),
                waiting.reason() == Reason.WaitingForResources ? Optional.empty() : Optional.of(SETUP_POLL));
    }

    private static StagePlan next(StageRecord record, Outcome outcome, RetryPolicy policy, Instant now) {
        Tally tally = outcome.tally();
        Instant due = outcome.last()
                .map(ended -> policy.due(tally, ended))
                .orElse(record.state() == State.Retrying ? record.times().retryAt() : null);
        String because = outcome.last().map(Ended::message).orElse(record.message());
        if (due != null && now.isBefore(due)) {
            StageRecord retrying = record.retrying(tally, due, because);
            String text = "%s will be tried again: attempt %d ended because %s"
                    .formatted(record.stage().title(), tally.attempt(), retrying.message());
            return new StagePlan(
                    retrying,
                    StageAction.stop(outcome.seen().heldJobs()),
                    Verdict.progressing(Reason.Retrying, text),
                    Optional.of(Duration.between(now, due).plusMillis(1)));
        }
        String after = outcome.last()
                .map(ended -> "; attempt %d ended because %s".formatted(tally.attempt(), ended.message()))
                .orElse("");
        int attempt = tally.attempt() + 1;
        return starting(
                record.launched(tally.launched(attempt), now, STARTING + after),
                new StageAction.Launch(record.stage(), attempt, outcome.seen().heldJobs()));
    }

    /** Said from a launch on until there is more to say, in the same words, so that status need not be written anew. */
    private static StagePlan starting(StageRecord record, StageAction action) {
        String text = "%s attempt %d: %s"
                .formatted(record.stage().title(), record.tally().attempt(), record.message());
        return new StagePlan(record, action, Verdict.progressing(Reason.PodStarting, text), Optional.of(SETUP_POLL));
    }
}
