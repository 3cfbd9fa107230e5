package io.viewal.contract;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * Why a worker gave up, written as the container's termination message.
 *
 * @param reason CamelCase, for the condition
 * @param message one sentence that names the thing, what was expected and what to do
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record StageFailure(Reason reason, String message) {

    /** Termination messages are cut at 4,096 bytes by the kubelet. */
    public static final int MAX_MESSAGE_CHARS = 1024;

    public StageFailure {
        message = message.length() > MAX_MESSAGE_CHARS ? message.substring(0, MAX_MESSAGE_CHARS - 1) + "…" : message;
    }

    /** The kinds of failure, and whether another attempt may help. */
    public enum Reason {
        /** The request can't be understood or asks for something that there is not. */
        InvalidRequest(ExitCode.BAD_REQUEST),
        /** The request says something that only a newer worker knows; its image may be newer at the next attempt. */
        WorkerTooOld(ExitCode.TEMPORARY),
        /** The data set breaks a stated rule. */
        InvalidDataset(ExitCode.BAD_DATA),
        /** A label id is outside the class list. */
        InvalidLabels(ExitCode.BAD_DATA),
        /** Weights don't fit the network, or are not weights. */
        InvalidWeights(ExitCode.BAD_DATA),
        /** A strategy gave a region a score that is no finite number. */
        InvalidScores(ExitCode.BAD_DATA),
        /** The budget asks for more than is left to label. */
        BudgetExceedsUnlabeled(ExitCode.BAD_DATA),
        /** The loss is not a finite number. */
        TrainingDiverged(ExitCode.BAD_DATA),
        /** An artifact is missing, or its digest differs. */
        CorruptArtifact(ExitCode.BAD_DATA),
        /** The credentials are wrong or lack a permission; another attempt has those of then, rotated perhaps. */
        StoreAccessDenied(ExitCode.TEMPORARY),
        /** The bucket does not exist. */
        BucketNotFound(ExitCode.TEMPORARY),
        /** The store ignores conditional puts, so commits would not be safe. */
        StoreNotConditional(ExitCode.BAD_DATA),
        /** The store stayed away for longer than the worker waits. */
        StoreUnavailable(ExitCode.UNAVAILABLE),
        /** Anything else. */
        InternalError(ExitCode.SOFTWARE);

        private final int exitCode;

        Reason(int exitCode) {
            this.exitCode = exitCode;
        }

        /** The exit code of a worker that fails so. */
        public int exitCode() {
            return exitCode;
        }

        /** True when no further attempt can help. */
        public boolean permanent() {
            return ExitCode.permanent(exitCode);
        }
    }
}
