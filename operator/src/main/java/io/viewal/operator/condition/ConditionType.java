package io.viewal.operator.condition;

import io.viewal.contract.Stage;

/** Types of conditions that every resource has; each stage adds one of its own. */
@SuppressWarnings("MemberName") // Kubernetes wants CamelCase.
public enum ConditionType {
    /** True when the work is complete. */
    Ready,
    /** True while work goes on, as kstatus reads it. */
    Reconciling,
    /** True when someone must act, as kstatus reads it. */
    Stalled;

    /** The type that says whether a stage's result is committed: {@code TrainComplete}. */
    public static String of(Stage stage) {
        return stage.title() + "Complete";
    }
}
