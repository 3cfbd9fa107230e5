package io.viewal.operator.stage;

import io.viewal.contract.Stage;
import java.util.List;

/** What is to be done to the cluster. */
public sealed interface StageAction {

    /**
     * Create the Job of this attempt.
     *
     * @param replaced Jobs of earlier attempts that still hold pods: deleted first
     */
    record Launch(Stage stage, int attempt, List<String> replaced) implements StageAction {

        /** One that replaces nothing. */
        public Launch(Stage stage, int attempt) {
            this(stage, attempt, List.of());
        }
    }

    /** Delete these Jobs; their workers get the time to write a checkpoint. */
    record Stop(List<String> jobs) implements StageAction {}

    /** Nothing. */
    record None() implements StageAction {}

    /** Delete these Jobs, if there are any. */
    static StageAction stop(List<String> jobs) {
        return jobs.isEmpty() ? new None() : new Stop(jobs);
    }
}
