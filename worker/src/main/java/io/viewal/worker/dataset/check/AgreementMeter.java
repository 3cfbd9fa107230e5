package io.viewal.worker.dataset.check;

import io.viewal.worker.geometry.RigidTransforms;
import io.viewal.worker.kernel.PairTransform;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/** Measures {@link Agreement}: picks pairs of views that look at the same place and projects a grid of points. */
final class AgreementMeter {

    /** Relative difference of depth up to which two views agree. */
    static final double TOLERANCE = 0.05;

    private static final int MOST_PAIRS = 60;
    /** Points a row of the image, when looking for pairs and when comparing. */
    private static final int PROBE_ROW = 8;

    private static final int COMPARE_ROW = 40;
    private static final double OVERLAP = 0.25;
    /** Share of a pair's points that must not be hidden for the two views to be partners. */
    private static final double SEEN = 0.1;

    private AgreementMeter() {}

    static Agreement measure(List<View> views) {
        List<Pair> pairs = pairs(views);
        BitSet partnered = new BitSet();
        PairSums sums = new PairSums();
        for (Pair pair : pairs) {
            if (compare(pair, sums) >= SEEN) {
                partnered.set(pair.from().index());
                partnered.set(pair.to().index());
            }
        }
        return sums.agreement(pairs.size(), views.isEmpty() ? 0 : (double) partnered.cardinality() / views.size());
    }

    /** Pairs with enough overlap, from the nearest cameras to the farthest. */
    private static List<Pair> pairs(List<View> views) {
        List<Pair> found = new ArrayList<>();
        for (View from : views) {
            for (View to : views) {
                if (from != to && overlap(from, to) >= OVERLAP) {
                    found.add(new Pair(from, to, from.distance(to)));
                }
            }
        }
        found.sort(Comparator.comparingDouble(Pair::distance));
        if (found.size() <= MOST_PAIRS) {
            return found;
        }
        List<Pair> spread = new ArrayList<>();
        for (int i = 0; i < MOST_PAIRS; i++) {
            spread.add(found.get((int) ((long) i * found.size() / MOST_PAIRS)));
        }
        return spread;
    }

    /** Share of a view's points that lie in front of another view and inside its image, hidden or not. */
    private static double overlap(View from, View to) {
        Landing landing = new Landing(from, to);
        int step = Math.max(1, from.size().width() / PROBE_ROW);
        int known = 0;
        int landed = 0;
        for (int y = step / 2; y < from.size().height(); y += step) {
            for (int x = step / 2; x < from.size().width(); x += step) {
                if (from.depth()[y * from.size().width() + x] > 0) {
                    known++;
                    landed += landing.of(x, y) >= 0 ? 1 : 0;
                }
            }
        }
        return known == 0 ? 0 : (double) landed / known;
    }

    /** Share of the points that are not hidden. */
    private static double compare(Pair pair, PairSums sums) {
        View from = pair.from();
        View to = pair.to();
        Landing landing = new Landing(from, to);
        int step = Math.max(1, from.size().width() / COMPARE_ROW);
        sums.begin();
        for (int y = step / 2; y < from.size().height(); y += step) {
            for (int x = step / 2; x < from.size().width(); x += step) {
                int p = y * from.size().width() + x;
                int target = from.depth()[p] > 0 ? landing.of(x, y) : -1;
                if (target >= 0 && to.depth()[target] > 0) {
                    double logRatio = Math.log(landing.depth / (to.depth()[target] * to.scale()));
                    sums.add(logRatio, Byte.toUnsignedInt(from.grey()[p]), Byte.toUnsignedInt(to.grey()[target]));
                }
            }
        }
        return sums.end();
    }

    private record Pair(View from, View to, double distance) {}

    /** Where points of one view land in another. */
    private static final class Landing {

        private final View from;
        private final View to;
        private final PairTransform m;
        private double depth;

        Landing(View from, View to) {
            this.from = from;
            this.to = to;
            this.m = RigidTransforms.between(from.frame(), to.frame());
        }

        /** The target pixel, or −1 when the point is behind the camera or outside the image; sets {@code depth}. */
        int of(int x, int y) {
            double d = from.depth()[y * from.size().width() + x] * from.scale();
            depth = (m.m20() * x + m.m21() * y + m.m22()) * d + m.t2();
            if (!(depth > 0)) {
                return -1;
            }
            double u = ((m.m00() * x + m.m01() * y + m.m02()) * d + m.t0()) / depth;
            double v = ((m.m10() * x + m.m11() * y + m.m12()) * d + m.t1()) / depth;
            boolean inside = u > -0.5
                    && v > -0.5
                    && u < to.size().width() - 0.5
                    && v < to.size().height() - 0.5;
            return inside ? (int) Math.rint(v) * to.size().width() + (int) Math.rint(u) : -1;
        }
    }
}
