package io.viewal.worker.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/** Atrous spatial pyramid pooling (Chen et al., 2018) for output stride 16. */
final class Aspp {

    static final int CHANNELS = 256;
    private static final float DROPOUT = 0.5f;

    private final List<ConvNorm> branches;
    private final ConvNorm pooled;
    private final ConvNorm merge;

    Aspp(Weights weights, int in) {
        branches = List.of(
                branch(weights, "aspp.aspp1", in, Geometry.pointwise()),
                branch(weights, "aspp.aspp2", in, Geometry.dilated3(6)),
                branch(weights, "aspp.aspp3", in, Geometry.dilated3(12)),
                branch(weights, "aspp.aspp4", in, Geometry.dilated3(18)));
        String pool = "aspp.global_avg_pool.";
        pooled = new ConvNorm(weights, pool + "1", pool + "2", ConvNorm.Layer.head(in, CHANNELS, Geometry.pointwise()));
        merge = new ConvNorm(
                weights, "aspp.conv1", "aspp.bn1", ConvNorm.Layer.head(CHANNELS * 5, CHANNELS, Geometry.pointwise()));
    }

    private static ConvNorm branch(Weights weights, String name, int in, Geometry geometry) {
        return new ConvNorm(weights, name + ".atrous_conv", name + ".bn", ConvNorm.Layer.head(in, CHANNELS, geometry));
    }

    NDArray apply(NDArray high, Pass pass) {
        NDList outputs = new NDList();
        for (ConvNorm branch : branches) {
            outputs.add(branch.apply(high, pass));
        }
        Shape shape = outputs.head().getShape();
        NDArray mean = high.mean(new int[] {3}, true).mean(new int[] {2}, true);
        // One number a channel has no deviation: a single image is normalised by the running statistics.
        Pass pooling = shape.get(0) > 1 ? pass : Pass.evaluation();
        outputs.add(pooled.apply(mean, pooling).broadcast(shape));
        NDArray merged = merge.apply(NDArrays.concat(outputs, 1), pass);
        return pass.drop(merged, DROPOUT);
    }
}
