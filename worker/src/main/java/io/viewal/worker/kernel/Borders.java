package io.viewal.worker.kernel;

/**
 * The borders of a target as seen from a source: a point (x, y) of depth d may land inside when
 * {@code d · (a·x + b·y + c) + e ≥ 0} for each of them.
 *
 * <p>Between left and right lies only what is in front of the camera.
 *
 * @param a float32 [4]: left, right, top, bottom
 */
record Borders(float[] a, float[] b, float[] c, float[] e) {

    /** Pixels beyond the border that are looked at closely. */
    private static final double MARGIN = 0.01;

    /** Greatest error of single precision, relative to the sum of what is added; far more than it is. */
    private static final double SINGLE = 0x1p-20;

    static Borders of(FramePair pair) {
        PairTransform p = pair.transform();
        PixelBlock t = pair.target();
        Borders borders = new Borders(new float[4], new float[4], new float[4], new float[4]);
        double[] u = {p.m00(), p.m01(), p.m02(), p.t0()};
        double[] v = {p.m10(), p.m11(), p.m12(), p.t1()};
        double[] z = {p.m20(), p.m21(), p.m22(), p.t2()};
        borders.set(0, u, z, -(t.fromColumn() - 0.5 - MARGIN), 1, pair);
        borders.set(1, u, z, t.toColumn() - 0.5 + MARGIN, -1, pair);
        borders.set(2, v, z, -(t.fromRow() - 0.5 - MARGIN), 1, pair);
        borders.set(3, v, z, t.toRow() - 0.5 + MARGIN, -1, pair);
        return borders;
    }

    /** The half space {@code sign · coordinate + weight · z ≥ 0}, made larger by what single precision may err. */
    private void set(int border, double[] coordinate, double[] z, double weight, double sign, FramePair pair) {
        double[] sum = new double[4];
        double[] size = new double[4];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = sign * coordinate[i] + weight * z[i];
            size[i] = Math.abs(sign * coordinate[i]) + Math.abs(weight * z[i]);
        }
        a[border] = (float) sum[0];
        b[border] = (float) sum[1];
        c[border] = (float) (sum[2] + SINGLE * (size[0] * pair.width() + size[1] * pair.height() + size[2]));
        e[border] = (float) (sum[3] + SINGLE * size[3]);
    }
}
