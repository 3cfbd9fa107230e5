package io.viewal.worker.dataset;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a scene is for; no scene serves two. */
public enum Split {
    /** Frames that rounds score, choose from, label and train on. */
    TRAIN,
    /** Frames that the best epoch is chosen on. */
    VALIDATION,
    /** Frames that a round's figures are measured on. */
    TEST;

    /** Name in files: lower case. */
    @JsonValue
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
