package io.viewal.operator.round;

import io.viewal.api.v1alpha1.ActiveLearningRound;
import io.viewal.operator.pipeline.CompactStore;

/** The cache of the rounds. Public and with no arguments, since the Operator SDK makes it by its class. */
public final class RoundStore extends CompactStore<ActiveLearningRound> {

    public RoundStore() {
        super(ActiveLearningRound.class);
    }
}
