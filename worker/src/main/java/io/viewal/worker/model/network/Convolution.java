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
        long height = x.getShape().get(2);
        long width = x.getShape().get(3);
        int top = geometry.padding().before(height, geometry);
        int left = geometry.padding().before(width, geometry);
        int bottom = geometry.padding().after(height, geometry);
        int right = geometry.padding().after(width, geometry);
        if (top != bottom || left != right) {
            return convolve(x.pad(new Shape(left, right, top, bottom), 0), weight, bias, new Shape(0, 0), geometry);
        }
        boolean farRows = seesPaddingAlone(height, geometry);
        boolean farColumns = seesPaddingAlone(width, geometry);
        NDArray kernel = weight;
        if (farRows || farColumns) {
            kernel = weight.get(new NDIndex(":, :, " + (farRows ? MIDDLE : ALL) + ", " + (farColumns ? MIDDLE : ALL)));
            kernel.attach(x.getManager());
        }
        return convolve(x, kernel, bias, new Shape(farRows ? 0 : top, farColumns ? 0 : left), geometry);
    }

    /** True where outer taps are so far apart that they only ever see zeros: it is the same, and less work, without. */
    private static boolean seesPaddingAlone(long length, Geometry geometry) {
        return geometry.kernel() == 3 && geometry.padding() == Padding.CENTERED && geometry.dilation() >= length;
    }

    private static NDArray convolve(NDArray x, NDArray kernel, NDArray bias, Shape padding, Geometry geometry) {
        return x.getNDArrayInternal()
                .convolution(
                        x,
                        kernel,
                        bias,
                        square(geometry.stride()),
                        padding,
                        square(geometry.dilation()),
                        geometry.groups())
                .head();
    }

    private static Shape square(long size) {
        return new Shape(size, size);
    }
}
