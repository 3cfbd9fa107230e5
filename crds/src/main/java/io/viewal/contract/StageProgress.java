package io.viewal.contract;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Instant;

/**
 * How far a running shard has come.
 *
 * @param done units done
 * @param total units in all
 * @param unit what is counted: {@code frames}, {@code iterations}
 * @param message one line for people: {@code epoch 3 of 10, loss 1.21}
 * @param updated when this was written
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record StageProgress(long done, long total, String unit, String message, Instant updated) {

    /** Share done, 0 to 1. */
    public double fraction() {
        return total <= 0 ? 0 : Math.min(1.0, (double) done / total);
    }
}
