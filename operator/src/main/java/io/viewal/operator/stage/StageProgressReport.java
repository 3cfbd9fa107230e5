package io.viewal.operator.stage;

import io.viewal.contract.StageProgress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;

/**
 * How far a running stage has come, all shards together.
 *
 * @param percent 0 to 100
 * @param eta when it should be done; null until a pace is known
 * @param message of the shard that is furthest behind
 * @param at when it was so; null: it is done
 */
public record StageProgressReport(int percent, Instant eta, String message, Instant at) {

    static final StageProgressReport DONE = new StageProgressReport(100, null, "", null);

    /** A status is written anew once so much more is done and so much time has passed: whichever is later. */
    private static final int STEP_PERCENT = 20;

    private static final Duration STEP_TIME = Duration.ofSeconds(60);

    /** A worker that has just begun. */
    static StageProgressReport begun(String message, Instant now) {
        return new StageProgressReport(0, null, message, now);
    }

    /**
     * Sums up the shards.
     *
     * @param shards progress of those shards that have reported, not empty
     * @param of how many shards there are
     * @param since when work began
     */
    public static StageProgressReport of(List<StageProgress> shards, int of, Instant since, Instant now) {
        double share = shards.stream().mapToDouble(StageProgress::fraction).sum() / of;
        StageProgress last = shards.stream()
                .min(Comparator.comparingDouble(StageProgress::fraction))
                .orElseThrow();
        String text = last.message() == null || last.message().isBlank()
                ? "%s %d of %d".formatted(last.unit(), last.done(), last.total())
                : last.message();
        return new StageProgressReport((int) Math.floor(100 * share), eta(share, since, now), text, now);
    }

    /** What the status is to say: this report, or the one before while it is no news. */
    StageProgressReport after(StageProgressReport before) {
        boolean news = before == null
                || before.at == null
                || percent >= before.percent + STEP_PERCENT && !at.isBefore(before.at.plus(STEP_TIME));
        return news ? this : before;
    }

    private static Instant eta(double share, Instant since, Instant now) {
        if (share < 0.01 || since == null || !now.isAfter(since)) {
            return null;
        }
        double elapsed = Duration.between(since, now).toMillis();
        return now.plusMillis((long) (elapsed * (1 - share) / share)).truncatedTo(ChronoUnit.SECONDS);
    }
}
