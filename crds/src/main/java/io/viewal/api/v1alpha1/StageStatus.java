package io.viewal.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** How far a stage has come. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StageStatus(
        @JsonPropertyDescription("The stage.") String stage,
        @JsonPropertyDescription("Where it stands.") State state,

        @JsonPropertyDescription("Name of the newest attempt's Job.")
        String job,

        @JsonPropertyDescription("Number of the newest attempt, from 1.")
        Integer attempt,

        @JsonPropertyDescription("Attempts that failed and count.")
        Integer failures,

        @JsonPropertyDescription("Attempts that were disrupted and don't count.")
        Integer disruptions,

        @JsonPropertyDescription("Digest of what the stage was asked when it was launched; results are known by it.")
        String requestDigest,

        @JsonPropertyDescription("When the first attempt was launched.")
        String startedAt,

        @JsonPropertyDescription("When the result was committed, or the stage given up.")
        String finishedAt,

        @JsonPropertyDescription("When the next attempt is due.")
        String retryAt,

        @JsonPropertyDescription("Percent done, renewed when a tenth more is done and a minute has passed.")
        Integer progress,

        @JsonPropertyDescription("When the percentage was so.")
        String progressAt,

        @JsonPropertyDescription("When the stage should be done.")
        String eta,

        @JsonPropertyDescription("One line for people.") String message) {

    /** Where a stage stands. */
    @SuppressWarnings("MemberName") // The names are what users read.
    public enum State {
        /** Nothing launched yet. */
        Pending,
        /** Launched; no worker runs yet. */
        Waiting,
        /** A worker runs. */
        Running,
        /** An attempt failed or was disrupted; the next one is due at {@code retryAt}. */
        Retrying,
        /** Held by {@code suspend}. */
        Suspended,
        /** Its result is committed. */
        Complete,
        /** Given up. */
        Failed
    }
}
