package io.viewal.worker.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.viewal.worker.dataset.VoidLabel;
import java.util.Optional;

/** Cross entropy over the pixels that have a label; 0 when none has. */
final class MaskedCrossEntropy {

    private static final float NO_PIXEL = 1e-12f;

    private final Optional<float[]> classWeights;
    private final Reduction reduction;

    /** What the gradient of a batch is taken of. */
    enum Reduction {
        /** The mean over the batch's labeled pixels. */
        MEAN {
            @Override
            double divisor(int frames) {
                return 1;
            }
        },

        /** That mean divided by the number of frames once more, as ViewAL's published loop does. */
        MEAN_BY_FRAMES {
            @Override
            double divisor(int frames) {
                return frames;
            }
        };

        abstract double divisor(int frames);
    }

    /** Class weights make the mean a weighted one, as PyTorch's does. */
    MaskedCrossEntropy(Optional<float[]> classWeights, Reduction reduction) {
        this.classWeights = classWeights;
        this.reduction = reduction;
    }

    /**
     * The mean over the labeled pixels of some frames, a number.
     *
     * @param logits [N, classes, H, W]
     * @param labels uint8 [N, 1, H, W]
     */
    NDArray apply(NDArray logits, NDArray labels) {
        NDArray known = labels.neq(VoidLabel.ID);
        NDArray safe = labels.mul(known.toType(DataType.UINT8, false)).toType(DataType.INT64, false);
        NDArray weight = known.toType(logits.getDataType(), false);
        if (classWeights.isPresent()) {
            NDArray perClass = logits.getManager().create(classWeights.get()).toType(logits.getDataType(), false);
            NDArray perPixel = perClass.gather(safe.flatten(), 0).reshape(safe.getShape());
            weight = weight.mul(perPixel);
        }
        NDArray correct = logits.logSoftmax(1).gather(safe, 1);
        NDArray sum = correct.mul(weight).sum().neg();
        return sum.div(weight.sum().maximum(NO_PIXEL)).reshape(new Shape());
    }

    /** What the mean of a batch is divided by once more. */
    double divisor(int frames) {
        return reduction.divisor(frames);
    }

    /** What the mean is divided by: the labeled pixels, each by the weight of its class. */
    double weight(byte[] labels) {
        double sum = 0;
        for (byte label : labels) {
            int id = Byte.toUnsignedInt(label);
            if (id != VoidLabel.ID) {
                sum += classWeights.isPresent() ? classWeights.get()[id] : 1;
            }
        }
        return sum;
    }
}
