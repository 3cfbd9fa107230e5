package io.viewal.worker.model.network;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;

/** MobileNetV2's block: expand, filter by channel, project; added to its input where the shapes agree. */
final class InvertedResidual {

    private final List<ConvNorm> steps = new ArrayList<>();
    private final boolean residual;

    /** Names are torchvision's: {@code <name>.conv.0.0} … */
    InvertedResidual(Weights weights, String name, int in, int out, int expansion, int stride, int dilation) {
        int hidden = in * expansion;
        residual = stride == 1 && in == out;
        int index = 0;
        if (expansion != 1) {
            steps.add(nested(weights, name + ".conv." + index++, in, hidden, Geometry.pointwise()));
        }
        steps.add(nested(
                weights, name + ".conv." + index++, hidden, hidden, Geometry.depthwise(hidden, stride, dilation)));
        String project = name + ".conv.";
        steps.add(new ConvNorm(
                weights, project + index, project + (index + 1), hidden, out, Geometry.pointwise(), Activation.NONE));
    }

    private static ConvNorm nested(Weights weights, String name, int in, int out, Geometry geometry) {
        return new ConvNorm(weights, name + ".0", name + ".1", in, out, geometry, Activation.RELU6);
    }

    NDArray apply(NDArray x, Pass pass) {
        NDArray y = x;
        for (ConvNorm step : steps) {
            y = step.apply(y, pass);
        }
        return residual ? x.add(y) : y;
    }
}
