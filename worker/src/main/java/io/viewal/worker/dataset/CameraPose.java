package io.viewal.worker.dataset;

import java.util.Arrays;

/**
 * Where a camera is: the rigid transform from camera coordinates (x right, y down, z forward) to world coordinates, in
 * metres.
 *
 * @param matrix 16 numbers, row-major 4 × 4
 */
public record CameraPose(double[] matrix) {

    public CameraPose {
        if (matrix.length != 16) {
            throw new IllegalArgumentException("A pose has 16 numbers (4 x 4, row-major), not " + matrix.length);
        }
        for (double v : matrix) {
            if (!Double.isFinite(v)) {
                throw new IllegalArgumentException("Pose " + Arrays.toString(matrix) + " has a non-finite number");
            }
        }
        matrix = matrix.clone();
    }

    @Override
    public double[] matrix() {
        return matrix.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CameraPose pose && Arrays.equals(matrix, pose.matrix);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(matrix);
    }
}
