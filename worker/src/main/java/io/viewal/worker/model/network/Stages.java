package io.viewal.worker.model.network;

import java.util.List;

/** The tables of the backbones. */
final class Stages {

    /** Sandler et al., 2018, table 2. */
    static final List<Stage> MOBILENET_V2 = List.of(
            new Stage(1, 16, 1, 3, 1),
            new Stage(6, 24, 2, 3, 2),
            new Stage(6, 32, 3, 3, 2),
            new Stage(6, 64, 4, 3, 2),
            new Stage(6, 96, 3, 3, 1),
            new Stage(6, 160, 3, 3, 2),
            new Stage(6, 320, 1, 3, 1));

    /** Tan and Le, 2019, table 1, of which Lite0 drops the squeezes. */
    static final List<Stage> EFFICIENTNET_LITE0 = List.of(
            new Stage(1, 16, 1, 3, 1),
            new Stage(6, 24, 2, 3, 2),
            new Stage(6, 40, 2, 5, 2),
            new Stage(6, 80, 3, 3, 2),
            new Stage(6, 112, 3, 5, 1),
            new Stage(6, 192, 4, 5, 2),
            new Stage(6, 320, 1, 3, 1));

    private Stages() {}
}
