package io.viewal.operator.stage;

import io.viewal.api.v1alpha1.StageStatus;
import io.viewal.api.v1alpha1.StageStatus.State;
import io.viewal.contract.Stage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;

/**
 * What is remembered about a stage between two reconciliations: its entry in the status.
 *
 * @param times when it started, finished and is due again
 * @param progress null unless running or complete
 * @param message one line for people
 */
public record StageRecord(
        Stage stage, State state, Tally tally, Times times, StageProgressReport progress, String message) {

    private static final int MAX_MESSAGE_CHARS = 256;

    /** Each may be null. */
    public record Times(Instant startedAt, Instant finishedAt, Instant retryAt) {

        static final Times NONE = new Times(null, null, null);
    }

    /** A stage that nothing is known about. */
    public static StageRecord pending(Stage stage) {
        return new StageRecord(stage, State.Pending, Tally.NONE, Times.NONE, null, "");
    }

    /** Reads a status entry. */
    public static StageRecord of(StageStatus status) {
        Instant eta = instant(status.eta());
        String message = Objects.requireNonNullElse(status.message(), "");
        return new StageRecord(
                Stage.valueOf(status.stage().toUpperCase(Locale.ROOT)),
                status.state(),
                new Tally(number(status.attempt()), number(status.failures()), number(status.disruptions())),
                new Times(instant(status.startedAt()), instant(status.finishedAt()), instant(status.retryAt())),
                status.progress() == null ? null : new StageProgressReport(status.progress(), eta, message),
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
                text(times.startedAt()),
                text(times.finishedAt()),
                text(times.retryAt()),
                progress == null ? null : (Integer) progress.percent(),
                progress == null ? null : text(progress.eta()),
                shortened());
    }

    /** The newest attempt whose ending is in the tally: all of them unless one was launched and not seen to end. */
    public int counted() {
        boolean underway = state == State.Waiting || state == State.Running;
        return underway ? tally.attempt() - 1 : tally.attempt();
    }

    /** Gives it a start when the status of its launch was lost. */
    StageRecord begunBy(Instant now) {
        return times.startedAt() != null
                ? this
                : new StageRecord(stage, state, tally, new Times(now, null, null), progress, message);
    }

    StageRecord with(State next, Tally counted, String text) {
        return new StageRecord(stage, next, counted, new Times(times.startedAt(), null, null), null, text);
    }

    StageRecord running(Tally counted, StageProgressReport report, String text) {
        return new StageRecord(stage, State.Running, counted, new Times(times.startedAt(), null, null), report, text);
    }

    StageRecord launched(Tally counted, Instant now, String text) {
        Instant started = times.startedAt() == null ? now : times.startedAt();
        return new StageRecord(stage, State.Waiting, counted, new Times(started, null, null), null, text);
    }

    StageRecord retrying(Tally counted, Instant due, String text) {
        return new StageRecord(stage, State.Retrying, counted, new Times(times.startedAt(), null, due), null, text);
    }

    StageRecord failed(Tally counted, Instant now, String text) {
        return new StageRecord(stage, State.Failed, counted, new Times(times.startedAt(), now, null), null, text);
    }

    /** The stage with its result committed. */
    public StageRecord complete(int attempt, Instant now) {
        if (state == State.Complete) {
            return this;
        }
        Instant started = times.startedAt() == null ? now : times.startedAt();
        return new StageRecord(
                stage,
                State.Complete,
                tally.launched(Math.max(tally.attempt(), attempt)),
                new Times(started, now, null),
                new StageProgressReport(100, null, ""),
                "committed by attempt " + attempt);
    }

    private String shortened() {
        if (message.isEmpty()) {
            return null;
        }
        return message.length() <= MAX_MESSAGE_CHARS ? message : message.substring(0, MAX_MESSAGE_CHARS - 1) + "…";
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
