package io.viewal.worker.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.model.network.DeepLabV3Plus;
import io.viewal.worker.model.network.Pass;
import java.io.IOException;

/** Compares a network's predictions with the truth. */
final class Evaluator {

    private final NDManager manager;
    private final DeepLabV3Plus network;
    private final ImageSize size;
    private final int classes;

    Evaluator(NDManager manager, DeepLabV3Plus network, ImageSize size, int classes) {
        this.manager = manager;
        this.network = network;
        this.size = size;
        this.classes = classes;
    }

    ConfusionMatrix evaluate(TrainingSet frames) throws IOException {
        ConfusionMatrix confusion = new ConfusionMatrix(classes);
        for (int i = 0; i < frames.size(); i++) {
            confusion.add(frames.labels(i), predict(frames.rgb(i)));
        }
        return confusion;
    }

    /** The most probable class of each pixel, uint8 [height, width]. */
    byte[] predict(byte[] rgb) {
        try (NDManager frame = manager.newSubManager()) {
            NDArray logits = network.forward(image(frame, rgb, size), Pass.evaluation());
            return logits.argMax(1).toType(DataType.UINT8, false).toByteArray();
        }
    }

    /** A frame as the network's input [1, 3, height, width]. */
    static NDArray image(NDManager manager, byte[] rgb, ImageSize size) {
        float[] planes = new float[3 * size.pixels()];
        Normalization.write(Normalization.floats(rgb), planes, 0);
        return manager.create(planes, new Shape(1, 3, size.height(), size.width()));
    }
}
