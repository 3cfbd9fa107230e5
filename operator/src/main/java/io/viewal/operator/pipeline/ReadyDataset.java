package io.viewal.operator.pipeline;

import io.fabric8.kubernetes.api.model.Condition;
import io.viewal.api.v1alpha1.MultiViewDataset;
import io.viewal.api.v1alpha1.Outcome;
import io.viewal.operator.condition.ConditionType;
import io.viewal.operator.condition.Conditions;
import io.viewal.operator.condition.Reason;
import java.util.List;

/** Finds a data set that is prepared. */
public final class ReadyDataset {

    private ReadyDataset() {}

    /**
     * The data set.
     *
     * @throws UnmetException when there is none, or it is not ready
     */
    public static MultiViewDataset of(String name, String namespace, SecondaryResources secondaries) {
        MultiViewDataset dataset = secondaries
                .dataset(name)
                .orElseThrow(() -> UnmetException.waiting(
                        Reason.DatasetNotFound,
                        "There is no MultiViewDataset '%s' in namespace '%s' yet: work begins by itself once it is made"
                                .formatted(name, namespace)));
        Outcome outcome =
                dataset.getStatus() == null ? null : dataset.getStatus().outcome();
        if (outcome == Outcome.Failed) {
            throw UnmetException.stalled(
                    Reason.DatasetFailed,
                    "MultiViewDataset '%s' could not be prepared: see 'kubectl describe mvd %s', correct it, delete it and"
                                    .formatted(name, name)
                            + " make it again");
        }
        if (outcome == null) {
            throw UnmetException.waiting(
                    Reason.DatasetNotReady, "MultiViewDataset '%s' is not ready yet%s".formatted(name, says(dataset)));
        }
        return dataset;
    }

    private static String says(MultiViewDataset dataset) {
        List<Condition> conditions =
                dataset.getStatus() == null ? null : dataset.getStatus().conditions();
        return Conditions.message(conditions, ConditionType.Ready)
                .map(message -> ": " + message)
                .orElse("");
    }
}
