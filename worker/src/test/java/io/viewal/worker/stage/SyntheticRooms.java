package io.viewal.worker.stage;

import io.viewal.contract.PrepareParameters;
import io.viewal.contract.PrepareParametersBuilder;

/** Data sets that are drawn in no time: what matters in the tests that prepare them is the machinery. */
public final class SyntheticRooms {

    private SyntheticRooms() {}

    /** Rooms of 64 × 48 pixels, one frame of which is labeled. */
    public static PrepareParameters of(int scenes, int framesPerScene) {
        return PrepareParametersBuilder.builder()
                .source(new PrepareParameters.Source(
                        null, null, new PrepareParameters.Synthetic(scenes, framesPerScene, 5), null))
                .width(64)
                .height(48)
                .seedSet(new PrepareParameters.SeedSet(0, 1, 0))
                .build();
    }
}
