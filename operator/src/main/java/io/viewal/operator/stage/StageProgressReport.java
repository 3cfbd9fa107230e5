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
 */
public record StageProgressReport(int percent, Instant eta, String message) {

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
        return new StageProgressReport((int) Math.floor(100 * share), eta(share, since, now), text);
    }

    /** Keeps the estimate as it was while the percentage is the same, so that status need not be written anew. */
    StageProgressReport steadiedBy(StageProgressReport before) {
        return before != null && before.percent == percent && before.eta != null
                ? new StageProgressReport(percent, before.eta, message)
                : this;
    }

    private static Instant eta(double share, Instant since, Instant now) {
        if (share < 0.01 || since == null || !now.isAfter(since)) {
            return null;
        }
        double elapsed = Duration.between(since, now).toMillis();
        return now.plusMillis((long) (elapsed * (1 - share) / share)).truncatedTo(ChronoUnit.SECONDS);
    }
}
