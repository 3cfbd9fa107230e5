package io.viewal.worker.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.viewal.contract.ScoreParameters.Dropout;
import io.viewal.worker.model.network.BackboneFeatures;
import io.viewal.worker.model.network.DeepLabV3Plus;
import io.viewal.worker.model.network.Pass;
import java.util.stream.LongStream;

/** Monte Carlo dropout of one frame: what comes before the first active dropout has been run, the rest is sampled. */
@FunctionalInterface
interface DropoutSampler {

    /** The decoder's features [to - from, 256, h, w] in these passes; they belong to the manager. */
    NDArray decoded(NDManager manager, int from, int to);

    /** @param seed a pass depends on it and on the pass alone */
    static DropoutSampler of(Dropout dropout, DeepLabV3Plus network, BackboneFeatures features, long seed) {
        return switch (dropout) {
            case Backbone -> {
                DropoutMasks masks = new DropoutMasks(seed);
                yield (manager, from, to) ->
                        network.decode(masks.apply(manager, features, from, to), Pass.evaluation());
            }
            case Decoder -> {
                NDArray joined = network.join(features, Pass.evaluation());
                yield (manager, from, to) -> {
                    Shape one = joined.getShape();
                    NDArray copies = joined.broadcast(new Shape(to - from, one.get(1), one.get(2), one.get(3)));
                    copies.attach(manager);
                    long[] seeds = LongStream.range(from, to)
                            .map(pass -> Seeds.mix(seed, pass))
                            .toArray();
                    return network.refine(copies, Pass.sampling(seeds));
                };
            }
        };
    }
}
