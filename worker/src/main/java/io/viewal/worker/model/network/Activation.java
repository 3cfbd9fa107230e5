package io.viewal.worker.model.network;

import ai.djl.ndarray.NDArray;

/** What follows a batch norm. */
enum Activation {
    NONE {
        @Override
        NDArray apply(NDArray x, Pass pass) {
            return x;
        }
    },
    RELU {
        @Override
        NDArray apply(NDArray x, Pass pass) {
            return x.getNDArrayInternal().relu();
        }
    },
    RELU6 {
        @Override
        NDArray apply(NDArray x, Pass pass) {
            return pass.training() ? differenceOfRelus(x) : x.clip(0, 6);
        }
    };

    /** Clipping has a gradient of four steps in the engine, which takes twice the time of this. */
    private static NDArray differenceOfRelus(NDArray x) {
        NDArray above = x.sub(6).getNDArrayInternal().relu();
        return x.getNDArrayInternal().relu().sub(above);
    }

    abstract NDArray apply(NDArray x, Pass pass);
}
