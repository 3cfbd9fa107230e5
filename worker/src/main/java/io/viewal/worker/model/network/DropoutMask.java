package io.viewal.worker.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Dropout of single elements. The engine draws one by one on one thread, which took a tenth of an iteration; here eight
 * elements share a draw of 64 bits, so rates are multiples of 1/256. Seeded, and the same on every device.
 */
final class DropoutMask {

    private static final int STEPS = 256;

    private DropoutMask() {}

    /**
     * Drops elements at the rate and scales the others up.
     *
     * @param generators share the elements equally: one draws for the whole batch, or one an image
     */
    static NDArray apply(NDArray x, float rate, List<SplittableRandom> generators) {
        int threshold = Math.round(rate * STEPS);
        byte[] kept = new byte[Math.toIntExact(x.size())];
        int share = kept.length / generators.size();
        for (int i = 0; i < generators.size(); i++) {
            fill(kept, i * share, (i + 1) * share, threshold, generators.get(i));
        }
        NDArray mask = x.getManager()
                .create(ByteBuffer.wrap(kept), x.getShape(), DataType.UINT8)
                .toType(x.getDataType(), false);
        return x.mul(mask.muli((float) STEPS / (STEPS - threshold)));
    }

    private static void fill(byte[] kept, int from, int to, int threshold, SplittableRandom random) {
        for (int i = from; i < to; ) {
            long bits = random.nextLong();
            for (int end = Math.min(i + Long.BYTES, to); i < end; i++) {
                kept[i] = (byte) ((int) (bits & 0xFF) >= threshold ? 1 : 0);
                bits >>>= Byte.SIZE;
            }
        }
    }
}
