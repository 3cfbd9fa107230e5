package io.viewal.worker.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.norm.Dropout;

/**
 * Shares of the head's features that training drops, element by element.
 *
 * @param pyramid after the pyramid's merge
 * @param first after the decoder's first convolution
 * @param second after the decoder's second convolution
 */
public record DropoutRates(float pyramid, float first, float second) {

    /** Those of the published code. */
    public static DropoutRates published() {
        return new DropoutRates(0.5f, 0.5f, 0.25f);
    }

    /** No dropout. */
    public static DropoutRates none() {
        return new DropoutRates(0, 0, 0);
    }

    static NDArray apply(NDArray x, float rate, boolean training) {
        return training && rate > 0 ? Dropout.dropout(x, rate, true).head() : x;
    }
}
