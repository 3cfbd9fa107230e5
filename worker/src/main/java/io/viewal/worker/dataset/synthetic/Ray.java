package io.viewal.worker.dataset.synthetic;

/**
 * A ray and the nearest thing that it met; one a thread, reused for every pixel, so that nothing is allocated in the
 * hot loop. Parameters count in lengths of the direction, which need not be 1.
 */
final class Ray {

    /** What {@link #solid} is for a side of the room: −1 − side. */
    static final int NOTHING = Integer.MIN_VALUE;

    double ox;
    double oy;
    double oz;
    double dx;
    double dy;
    double dz;
    /** Parameter of the hit. */
    double t;
    /** Index of the solid that was met, −1 − side for the shell. */
    int solid;

    /** Nodes still to visit. */
    final int[] stack = new int[64];

    void from(double x, double y, double z) {
        ox = x;
        oy = y;
        oz = z;
    }

    void towards(double x, double y, double z) {
        dx = x;
        dy = y;
        dz = z;
    }

    boolean metShell() {
        return solid < 0;
    }

    int shellSide() {
        return -1 - solid;
    }
}
