package io.viewal.operator.stage;

import io.viewal.contract.Stage;
import java.util.List;

/** What is to be done to the cluster. */
public sealed interface StageAction {

    /** Create the Job of this attempt. */
    record Launch(Stage stage, int attempt) implements StageAction {}

    /** Delete these Jobs; their workers get the time to write a checkpoint. */
    record Stop(List<String> jobs) implements StageAction {}

    /** Nothing. */
    record None() implements StageAction {}
}
