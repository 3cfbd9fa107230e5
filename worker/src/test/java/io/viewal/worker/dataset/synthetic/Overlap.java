package io.viewal.worker.dataset.synthetic;

import io.viewal.worker.dataset.Intrinsics;
import io.viewal.worker.dataset.SourceFrame;
import java.util.List;

/** A plain cross-projection, for judging how the frames of a scene meet. */
final class Overlap {

    private static final int WIDTH = 80;
    private static final int HEIGHT = 60;
    private static final double THRESHOLD = 0.05;

    /** Share of pixels with depth that at least one other frame hits. */
    final double shared;
    /** Mean over hits of the larger by the smaller distance. */
    final double distanceRatio;
    /** Share of hits between pixels of one label. */
    final double agreement;

    private Overlap(double shared, double distanceRatio, double agreement) {
        this.shared = shared;
        this.distanceRatio = distanceRatio;
        this.agreement = agreement;
    }

    static Overlap of(List<SourceFrame> frames) {
        long pixels = 0;
        long seen = 0;
        long hits = 0;
        long equal = 0;
        double ratio = 0;
        for (SourceFrame from : frames) {
            for (int p = 0; p < WIDTH * HEIGHT; p++) {
                if (from.depth()[p] == 0) {
                    continue;
                }
                pixels++;
                double[] point = toWorld(from, p);
                boolean any = false;
                for (SourceFrame to : frames) {
                    int q = to == from ? -1 : hit(to, point);
                    if (q >= 0) {
                        any = true;
                        hits++;
                        equal += from.labels()[p] == to.labels()[q] ? 1 : 0;
                        double r = from.depth()[p] / to.depth()[q];
                        ratio += Math.max(r, 1 / r);
                    }
                }
                seen += any ? 1 : 0;
            }
        }
        return new Overlap((double) seen / pixels, ratio / hits, (double) equal / hits);
    }

    private static double[] toWorld(SourceFrame frame, int p) {
        Intrinsics k = frame.frame().intrinsics();
        double z = frame.depth()[p];
        double x = (p % WIDTH - k.cx()) / k.fx() * z;
        double y = (p / WIDTH - k.cy()) / k.fy() * z;
        double[] m = frame.frame().pose().matrix();
        double[] point = new double[3];
        for (int i = 0; i < 3; i++) {
            point[i] = m[i * 4] * x + m[i * 4 + 1] * y + m[i * 4 + 2] * z + m[i * 4 + 3];
        }
        return point;
    }

    private static int hit(SourceFrame frame, double[] point) {
        double[] m = frame.frame().pose().matrix();
        double[] c = new double[3];
        for (int i = 0; i < 3; i++) {
            for (int k = 0; k < 3; k++) {
                c[i] += m[k * 4 + i] * (point[k] - m[k * 4 + 3]);
            }
        }
        if (c[2] <= 0) {
            return -1;
        }
        Intrinsics k = frame.frame().intrinsics();
        long u = Math.round(c[0] / c[2] * k.fx() + k.cx());
        long v = Math.round(c[1] / c[2] * k.fy() + k.cy());
        if (u < 0 || u >= WIDTH || v < 0 || v >= HEIGHT) {
            return -1;
        }
        int q = (int) (v * WIDTH + u);
        if (frame.depth()[q] == 0) {
            return -1;
        }
        double[] back = toWorld(frame, q);
        double squared = 0;
        for (int i = 0; i < 3; i++) {
            squared += (back[i] - point[i]) * (back[i] - point[i]);
        }
        return squared < THRESHOLD * THRESHOLD ? q : -1;
    }
}
