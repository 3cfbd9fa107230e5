package io.viewal.operator.stage;

import io.viewal.contract.Stage;
import io.viewal.operator.condition.Reason;
import io.viewal.operator.stage.AttemptState.Cause;
import io.viewal.operator.stage.AttemptState.Ended;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A stage whose result is not committed, as the cluster and the store show it.
 *
 * @param attempts those that there are Jobs for
 * @param progress of the newest attempt while it runs
 * @param reported when the one that has been silent for longest, of the workers that are not done, last reported; empty when
 *     none has
 */
public record StageObservation(
        Stage stage, List<Attempt> attempts, Optional<StageProgressReport> progress, Optional<Instant> reported) {

    /** One without a worker that has reported. */
    public static StageObservation of(Stage stage, List<Attempt> attempts) {
        return new StageObservation(stage, attempts, Optional.empty(), Optional.empty());
    }

    /** The same with the newest attempt ended when its workers have been silent for too long. */
    StageObservation endingSilence(Duration stall, Instant now) {
        return reported.filter(last -> last.plus(stall).isBefore(now))
                .map(last -> ended(
                        newest(),
                        new Ended(
                                Cause.FAILED,
                                Reason.WorkerSilent,
                                "its worker has reported nothing since %s, longer than the %d s of the class's stallSeconds"
                                        .formatted(last.truncatedTo(ChronoUnit.SECONDS), stall.toSeconds()),
                                now)))
                .orElse(this);
    }

    private StageObservation ended(int number, Ended ended) {
        List<Attempt> next = attempts.stream()
                .map(attempt -> attempt.number() == number ? attempt.ended(ended) : attempt)
                .toList();
        return new StageObservation(stage, next, Optional.empty(), Optional.empty());
    }

    /** The same with the attempts that ended for this reason as failed, so that another one may help. */
    public StageObservation failing(Reason reason) {
        List<Attempt> next = attempts.stream()
                .map(attempt -> attempt.state() instanceof Ended ended && ended.reason() == reason
                        ? attempt.ended(new Ended(Cause.FAILED, reason, ended.message(), ended.at()))
                        : attempt)
                .toList();
        return new StageObservation(stage, next, progress, reported);
    }

    int newest() {
        return attempts.stream().mapToInt(Attempt::number).max().orElse(0);
    }

    Optional<AttemptState> state(int attempt) {
        return attempts.stream()
                .filter(seen -> seen.number() == attempt)
                .map(Attempt::state)
                .findFirst();
    }

    /** Names of the Jobs that hold, or may yet get, pods; oldest first. */
    List<String> heldJobs() {
        return attempts.stream()
                .filter(Attempt::held)
                .sorted(Comparator.comparingInt(Attempt::number))
                .map(Attempt::job)
                .toList();
    }
}
