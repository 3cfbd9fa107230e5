package io.viewal.worker.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;

/** Square convolutions by the engine. */
final class Convolution {

    private static final String MIDDLE = "1:2";
    private static final String ALL = ":";

    private Convolution() {}

    /** Convolves [N, C, H, W] with [out, C / groups, k, k]; the bias may be null. */
    static NDArray apply(NDArray x, NDArray weight, NDArray bias, Geometry geometry) {
        boolean farRows =
                geometry.kernel() == 3 && geometry.dilation() >= x.getShape().get(2);
        boolean farColumns =
                geometry.kernel() == 3 && geometry.dilation() >= x.getShape().get(3);
        NDArray kernel = weight;
        if (farRows || farColumns) {
            // Taps so far apart that they only ever see the padding: without them it is the same, and less work.
            kernel = weight.get(new NDIndex(":, :, " + (farRows ? MIDDLE : ALL) + ", " + (farColumns ? MIDDLE : ALL)));
            kernel.attach(x.getManager());
        }
        long pad = geometry.padding();
        return x.getNDArrayInternal()
                .convolution(
                        x,
                        kernel,
                        bias,
                        square(geometry.stride()),
                        new Shape(farRows ? 0 : pad, farColumns ? 0 : pad),
                        square(geometry.dilation()),
                        geometry.groups())
                .head();
    }

    private static Shape square(long size) {
        return new Shape(size, size);
    }
}
