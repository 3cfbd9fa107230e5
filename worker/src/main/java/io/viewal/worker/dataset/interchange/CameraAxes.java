package io.viewal.worker.dataset.interchange;

import io.viewal.worker.dataset.CameraPose;

/**
 * The two ways of naming a camera's axes. {@code transforms.json} uses OpenGL's: x right, y up, z backward; everything
 * else here uses OpenCV's: x right, y down, z forward. Both poses lead to the same world.
 */
public final class CameraAxes {

    private static final double RIGIDITY = 1e-2;

    private CameraAxes() {}

    /**
     * Turns a camera → world matrix between the two; its own inverse, exact.
     *
     * @param matrix 16 numbers, row-major
     */
    public static double[] flip(double[] matrix) {
        double[] flipped = matrix.clone();
        for (int row = 0; row < 4; row++) {
            flipped[row * 4 + 1] = -matrix[row * 4 + 1];
            flipped[row * 4 + 2] = -matrix[row * 4 + 2];
        }
        return flipped;
    }

    /** The pose of a camera whose matrix has OpenGL's axes. */
    public static CameraPose fromOpenGl(double[] matrix) {
        return new CameraPose(flip(matrix));
    }

    /** The matrix with OpenGL's axes, 16 numbers, row-major. */
    public static double[] toOpenGl(CameraPose pose) {
        return flip(pose.matrix());
    }

    /** True when the matrix is a rotation and a translation: no scale, no mirror, last row 0 0 0 1. */
    public static boolean isRigid(double[] m) {
        for (int a = 0; a < 3; a++) {
            for (int b = a; b < 3; b++) {
                double dot = m[a] * m[b] + m[4 + a] * m[4 + b] + m[8 + a] * m[8 + b];
                if (Math.abs(dot - (a == b ? 1 : 0)) > RIGIDITY) {
                    return false;
                }
            }
        }
        double det = m[0] * (m[5] * m[10] - m[6] * m[9])
                - m[1] * (m[4] * m[10] - m[6] * m[8])
                + m[2] * (m[4] * m[9] - m[5] * m[8]);
        boolean affine = m[12] == 0 && m[13] == 0 && m[14] == 0 && m[15] == 1;
        return det > 0 && affine;
    }
}
