package io.viewal.worker.model.weights;

import java.util.Arrays;
import java.util.Optional;

/**
 * Numbers in row-major order.
 *
 * @param shape empty for a single number
 * @param values not copied: a record of millions of numbers is handed on, not kept
 */
public record Tensor(long[] shape, float[] values) {

    public Tensor {
        long size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        if (size != values.length) {
            throw new IllegalArgumentException(values.length + " numbers for a tensor " + Arrays.toString(shape));
        }
    }

    /** The first value that is NaN or infinite. */
    public Optional<Float> notFinite() {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    /** The shape for messages. */
    public String shapeText() {
        return Arrays.toString(shape);
    }
}
