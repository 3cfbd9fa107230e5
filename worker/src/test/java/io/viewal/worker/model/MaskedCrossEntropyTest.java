package io.viewal.worker.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MaskedCrossEntropyTest {

    private static final int VOID = 255;
    private final NDManager manager = Engine.getInstance().newBaseManager(Device.cpu());

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void isTheMeanOverLabeledPixels() {
        float loss = loss(Optional.empty(), new float[] {1, 5, 0, 2, -3, 0}, 0, VOID, 1);

        double first = -Math.log(Math.exp(1) / (Math.exp(1) + Math.exp(2)));
        assertThat((double) loss).isCloseTo((first + Math.log(2)) / 2, within(1e-6));
    }

    @Test
    void classWeightsMakeTheMeanAWeightedOne() {
        float loss = loss(Optional.of(new float[] {1, 3}), new float[] {1, 5, 0, 2, -3, 0}, 0, VOID, 1);

        double first = -Math.log(Math.exp(1) / (Math.exp(1) + Math.exp(2)));
        assertThat((double) loss).isCloseTo((first + 3 * Math.log(2)) / 4, within(1e-6));
    }

    @Test
    void isZeroWithoutLabels() {
        assertThat(loss(Optional.empty(), new float[] {1, 5, 0, 2, -3, 0}, VOID, VOID, VOID))
                .isZero();
    }

    @Test
    void pixelsWithoutLabelHaveNoGradient() {
        NDArray logits = logits(new float[] {1, 5, 0, 2, -3, 0});
        logits.setRequiresGradient(true);
        try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
            gradients.backward(new MaskedCrossEntropy(Optional.empty(), MaskedCrossEntropy.Reduction.MEAN)
                    .apply(logits, labels(0, VOID, 1)));
        }

        float[] gradient = logits.getGradient().toFloatArray();
        assertThat(gradient[1]).isZero();
        assertThat(gradient[4]).isZero();
        assertThat(gradient[2]).isCloseTo(0.25f, within(1e-6f));
        assertThat(gradient[5]).isCloseTo(-0.25f, within(1e-6f));
    }

    /** Three pixels of two classes: the first class's scores, then the second's. */
    private float loss(Optional<float[]> classWeights, float[] scores, int... ids) {
        return new MaskedCrossEntropy(classWeights, MaskedCrossEntropy.Reduction.MEAN)
                .apply(logits(scores), labels(ids))
                .getFloat();
    }

    private NDArray logits(float[] scores) {
        return manager.create(scores, new Shape(1, 2, 1, 3));
    }

    private NDArray labels(int... ids) {
        byte[] bytes = new byte[ids.length];
        for (int i = 0; i < ids.length; i++) {
            bytes[i] = (byte) ids[i];
        }
        return manager.create(ByteBuffer.wrap(bytes), new Shape(1, 1, 1, 3), DataType.UINT8);
    }
}
