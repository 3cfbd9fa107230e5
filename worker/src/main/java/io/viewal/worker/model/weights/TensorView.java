package io.viewal.worker.model.weights;

import java.nio.ByteBuffer;

/**
 * What a pickle says about a tensor: a view of numbers that stand elsewhere in the file.
 *
 * @param storage key of the numbers
 * @param format of the numbers
 * @param offset of the first, counted in numbers
 * @param size the shape
 * @param stride steps between neighbours along each dimension, counted in numbers
 */
record TensorView(String storage, NumberFormat format, long offset, long[] size, long[] stride) {

    /**
     * Copies the numbers.
     *
     * @param data the whole storage, little-endian
     * @throws IndexOutOfBoundsException when the storage has fewer numbers
     * @throws ArithmeticException when the sizes are beyond any array
     */
    Tensor read(ByteBuffer data) {
        int count = 1;
        for (long dimension : size) {
            count = Math.toIntExact(Math.multiplyExact(count, dimension));
        }
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = format.get(data, Math.toIntExact(at(i) * format.bytes()));
        }
        return new Tensor(size, values);
    }

    private long at(int index) {
        long at = offset;
        int rest = index;
        for (int d = size.length - 1; d >= 0; d--) {
            at += rest % size[d] * stride[d];
            rest /= (int) size[d];
        }
        return at;
    }
}
