package io.viewal.worker.model.network;

import ai.djl.ndarray.NDArray;

/** What follows a batch norm. */
enum Activation {
    NONE {
        @Override
        NDArray apply(NDArray x) {
            return x;
        }
    },
    RELU {
        @Override
        NDArray apply(NDArray x) {
            return x.getNDArrayInternal().relu();
        }
    },
    RELU6 {
        @Override
        NDArray apply(NDArray x) {
            return x.clip(0, 6);
        }
    };

    abstract NDArray apply(NDArray x);
}
