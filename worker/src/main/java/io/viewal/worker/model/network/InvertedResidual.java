package io.viewal.worker.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;

/** MobileNetV2's block: expand, filter by channel, project; added to its input where the shapes agree. */
final class InvertedResidual {

    private final List<ConvNorm> steps = new ArrayList<>();
    private final boolean residual;
    /** Zeros around the input; 0 where the depthwise convolution pads by itself. */
    private final int margin;

    /**
     * Names are torchvision's: {@code <name>0.0} …
     *
     * @param depthwise the filter, of as many groups as channels are expanded to; one that does not pad has the block's
     *     input padded instead
     */
    InvertedResidual(Weights weights, String name, int in, int out, Geometry depthwise, float epsilon) {
        int hidden = depthwise.groups();
        residual = depthwise.stride() == 1 && in == out;
        margin = depthwise.padding() == Padding.NONE ? depthwise.reach() : 0;
        int index = 0;
        if (hidden != in) {
            ConvNorm.Layer expand = new ConvNorm.Layer(in, hidden, Geometry.pointwise(), Activation.RELU6, epsilon);
            steps.add(nested(weights, name + index++, expand));
        }
        steps.add(nested(
                weights, name + index++, new ConvNorm.Layer(hidden, hidden, depthwise, Activation.RELU6, epsilon)));
        ConvNorm.Layer project = new ConvNorm.Layer(hidden, out, Geometry.pointwise(), Activation.NONE, epsilon);
        steps.add(new ConvNorm(weights, name + index, name + (index + 1), project));
    }

    private static ConvNorm nested(Weights weights, String name, ConvNorm.Layer layer) {
        return new ConvNorm(weights, name + ".0", name + ".1", layer);
    }

    NDArray apply(NDArray x, Pass pass) {
        NDArray y = margin == 0 ? x : x.pad(new Shape(margin, margin, margin, margin), 0);
        for (ConvNorm step : steps) {
            y = step.apply(y, pass);
        }
        return residual ? x.add(y) : y;
    }
}
