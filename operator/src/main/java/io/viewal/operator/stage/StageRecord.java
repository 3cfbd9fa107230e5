package io.viewal.operator.stage;

import io.viewal.api.v1alpha1.StageStatus;
import io.viewal.api.v1alpha1.StageStatus.State;
import io.viewal.contract.Owner;
import io.viewal.contract.Stage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;

/**
 * What is remembered about a stage between two reconciliations: its entry in the status.
 *
 * @param digest of what the stage was asked when it was launched; null before, or when an operator of long ago launched it
 * @param times when it started, finished and is due again
 * @param progress null unless running or complete
 * @param message one line for people
 */
public record StageRecord(
        Stage stage,
        State state,
        Tally tally,
        String digest,
        Times times,
        StageProgressReport progress,
        String message) {

    private static final int MAX_MESSAGE_CHARS = 256;

    private static final String FOUND = "found: ";

    public StageRecord {
        message = message.length() <= MAX_MESSAGE_CHARS ? message : message.substring(0, MAX_MESSAGE_CHARS - 1) + "…";
    }

    /** Each may be null. */
    public record Times(Instant startedAt, Instant finishedAt, Instant retryAt) {

        static final Times NONE = new Times(null, null, null);

        Times begunBy(Instant now) {
            return startedAt == null ? new Times(now, finishedAt, retryAt) : this;
        }

        Times underway() {
            return new Times(startedAt, null, null);
        }

        Times finished(Instant now) {
            return new Times(startedAt, now, null);
        }

        Times due(Instant next) {
            return new Times(startedAt, null, next);
        }
    }

    /** A stage that nothing is known about. */
    public static StageRecord pending(Stage stage) {
        return new StageRecord(stage, State.Pending, Tally.NONE, null, Times.NONE, null, "");
    }

    /** The stage to be done once more, of something else. */
    public StageRecord renewed() {
        return new StageRecord(stage, State.Pending, Tally.NONE.launched(tally.attempt()), null, Times.NONE, null, "");
    }

    /** Reads a status entry. */
    public static StageRecord of(StageStatus status) {
        String message = Objects.requireNonNullElse(status.message(), "");
        return new StageRecord(
                Stage.valueOf(status.stage().toUpperCase(Locale.ROOT)),
                status.state(),
                new Tally(number(status.attempt()), number(status.failures()), number(status.disruptions())),
                status.requestDigest(),
                new Times(instant(status.startedAt()), instant(status.finishedAt()), instant(status.retryAt())),
                status.progress() == null
                        ? null
                        : new StageProgressReport(
                                status.progress(), instant(status.eta()), message, instant(status.progressAt())),
                message);
    }

    /**
     * Writes a status entry.
     *
     * @param job name of the newest attempt's Job
     */
    public StageStatus toStatus(String job) {
        return new StageStatus(
                stage.title(),
                state,
                tally.attempt() == 0 ? null : job,
                positive(tally.attempt()),
                positive(tally.failures()),
                positive(tally.disruptions()),
                digest,
                text(times.startedAt()),
                text(times.finishedAt()),
                text(times.retryAt()),
                progress == null ? null : (Integer) progress.percent(),
                progress == null ? null : text(progress.at()),
                progress == null ? null : text(progress.eta()),
                message.isEmpty() ? null : message);
    }

    /** The newest attempt whose ending is in the tally: all of them unless one was launched and not seen to end. */
    public int counted() {
        boolean underway = state == State.Waiting || state == State.Running;
        return underway ? tally.attempt() - 1 : tally.attempt();
    }

    /** The same with the digest of what the stage is asked. */
    public StageRecord pinnedTo(String requestDigest) {
        return new StageRecord(stage, state, tally, requestDigest, times, progress, message);
    }

    /**
     * The stage when one before it is done again: what it is asked may be something else then. An attempt that was under way
     * has failed for it, so that damage that returns comes to an end.
     */
    public StageRecord reopened() {
        if (state == State.Pending && digest == null) {
            return this;
        }
        Tally counted = counted() < tally.attempt() ? tally.failed() : tally;
        return new StageRecord(
                stage,
                State.Pending,
                counted,
                null,
                Times.NONE,
                null,
                "a stage before it is done again, as it is damaged");
    }

    /** Gives it a start when the status of its launch was lost. */
    StageRecord begunBy(Instant now) {
        return new StageRecord(stage, state, tally, digest, times.begunBy(now), progress, message);
    }

    StageRecord with(State next, Tally counted, String text) {
        return changed(next, counted, times.underway(), null, text);
    }

    StageRecord running(Tally counted, StageProgressReport report, String text) {
        return changed(State.Running, counted, times.underway(), report, text);
    }

    StageRecord launched(Tally counted, Instant now, String text) {
        return changed(State.Waiting, counted, times.begunBy(now).underway(), null, text);
    }

    StageRecord retrying(Tally counted, Instant due, String text) {
        return changed(State.Retrying, counted, times.due(due), null, text);
    }

    StageRecord failed(Tally counted, Instant now, String text) {
        return changed(State.Failed, counted, times.finished(now), null, text);
    }

    /** The stage with its result committed by an attempt of its own. */
    public StageRecord complete(int attempt, Instant now) {
        Tally launched = tally.launched(Math.max(tally.attempt(), attempt));
        return complete(launched, "committed by attempt " + attempt, now);
    }

    /** The stage with a result that another owner has committed. */
    public StageRecord found(Owner maker, Instant now) {
        return complete(tally, FOUND + "%s '%s' has made it".formatted(maker.kind(), maker.name()), now);
    }

    /** True when another owner has committed the result. */
    public boolean found() {
        return state == State.Complete && message.startsWith(FOUND);
    }

    private StageRecord complete(Tally counted, String text, Instant now) {
        return state == State.Complete
                ? this
                : changed(State.Complete, counted, times.begunBy(now).finished(now), StageProgressReport.DONE, text);
    }

    private StageRecord changed(State next, Tally counted, Times then, StageProgressReport report, String text) {
        return new StageRecord(stage, next, counted, digest, then, report, text);
    }

    private static int number(Integer value) {
        return value == null ? 0 : value;
    }

    private static Integer positive(int value) {
        return value == 0 ? null : (Integer) value;
    }

    private static Instant instant(String text) {
        return text == null ? null : Instant.parse(text);
    }

    private static String text(Instant instant) {
        return instant == null ? null : instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
