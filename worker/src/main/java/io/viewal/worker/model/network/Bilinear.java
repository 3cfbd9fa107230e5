package io.viewal.worker.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * Bilinear resizing whose corner samples stay on the corners (PyTorch's {@code align_corners=True}), which the engine's
 * own interpolation can't do. It is separable, so two products with constant matrices do it, gradient included.
 */
final class Bilinear {

    private Bilinear() {}

    /** Resizes [N, C, h, w] to [N, C, height, width]. */
    static NDArray resize(NDArray x, long height, long width) {
        Shape shape = x.getShape();
        NDManager manager = x.getManager();
        DataType type = x.getDataType();
        NDArray columns = manager.create(matrix((int) shape.get(3), (int) width))
                .toType(type, false)
                .transpose();
        NDArray rows = manager.create(matrix((int) shape.get(2), (int) height)).toType(type, false);
        return rows.matMul(x.matMul(columns));
    }

    /** The weights [to, from] of the samples of a line. */
    static double[][] matrix(int from, int to) {
        double[][] weights = new double[to][from];
        double scale = to > 1 ? (double) (from - 1) / (to - 1) : 0;
        for (int i = 0; i < to; i++) {
            double source = i * scale;
            int left = Math.min((int) source, from - 1);
            int right = Math.min(left + 1, from - 1);
            weights[i][left] += 1 - (source - left);
            weights[i][right] += source - left;
        }
        return weights;
    }
}
