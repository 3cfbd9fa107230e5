package io.viewal.worker.propagation;

import io.viewal.worker.artifact.LabelSet;
import io.viewal.worker.artifact.LabelSet.FrameKey;
import io.viewal.worker.artifact.LabelSource;
import io.viewal.worker.dataset.Scene;
import io.viewal.worker.dataset.VoidLabel;
import io.viewal.worker.geometry.SceneGeometry;
import io.viewal.worker.kernel.Hits;
import io.viewal.worker.kernel.ProjectionRule;
import io.viewal.worker.kernel.ProjectionRule.UnknownDepth;
import io.viewal.worker.kernel.VectorProjection;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Carries the oracle's labels of a scene into its other views, beyond the paper. A pixel that nobody labeled takes the
 * label on which most of the labeled views agree that see the same point: it projects into them, in front of the camera,
 * and lands closer than a distance to the surface that they see there, so what hides the point from a view keeps that
 * view from speaking. Where as many views say one thing as another, nothing is said.
 */
public final class LabelPropagation {

    private final Scene scene;
    private final int classes;
    private final SceneGeometry geometry;

    /**
     * What was carried.
     *
     * @param pixels that got a label
     * @param judged of them that have ground truth
     * @param right of those that agree with it
     */
    public record Tally(long pixels, long judged, long right) {

        public static final Tally NONE = new Tally(0, 0, 0);

        /** Both together. */
        public Tally plus(Tally other) {
            return new Tally(pixels + other.pixels, judged + other.judged, right + other.right);
        }

        /** Share of the judged pixels that are right; NaN when none is judged. */
        public double precision() {
            return (double) right / judged;
        }
    }

    /**
     * @param classes in the data set; labels are ids below
     * @param distanceThreshold in metres, see {@link ProjectionRule}
     */
    public LabelPropagation(Scene scene, int classes, double distanceThreshold) {
        this.scene = scene;
        this.classes = classes;
        ProjectionRule rule = new ProjectionRule(distanceThreshold, true, UnknownDepth.NO_POINT);
        this.geometry = SceneGeometry.of(scene, rule, new VectorProjection());
    }

    /**
     * Replaces the propagated labels of the scene's frames in the set.
     *
     * @return how much was carried, and how much of it is right
     */
    public Tally into(LabelSet labels) {
        List<FrameKey> keys = scene.frames().stream()
                .map(frame -> new FrameKey(scene.name(), frame.name()))
                .toList();
        byte[][] known = keys.stream()
                .map(key -> labels.regions(key).isEmpty() ? null : labels.labels(key))
                .toArray(byte[][]::new);
        byte[][] carried = IntStream.range(0, known.length)
                .parallel()
                .mapToObj(frame -> carried(frame, known))
                .toArray(byte[][]::new);
        Tally tally = Tally.NONE;
        for (int frame = 0; frame < carried.length; frame++) {
            byte[] map = carried[frame];
            labels.labeledPixels(keys.get(frame), scene.superpixels(frame)).stream()
                    .forEach(pixel -> map[pixel] = (byte) VoidLabel.ID);
            tally = tally.plus(judge(map, scene.labels(frame)));
            labels.set(LabelSource.PROPAGATED, keys.get(frame), map);
        }
        return tally;
    }

    /** The label that most views give each pixel of a frame: uint8 [height, width]. */
    private byte[] carried(int frame, byte[][] known) {
        int pixels = geometry.size().pixels();
        short[] votes = new short[pixels * classes];
        Hits hits = new Hits();
        for (int view = 0; view < known.length; view++) {
            if (view == frame || known[view] == null) {
                continue;
            }
            hits.clear();
            geometry.project(frame, geometry.target(view), hits);
            vote(known[view], hits, votes);
        }
        byte[] map = new byte[pixels];
        for (int pixel = 0; pixel < pixels; pixel++) {
            map[pixel] = majority(votes, pixel);
        }
        return map;
    }

    private void vote(byte[] labels, Hits hits, short[] votes) {
        for (int i = 0; i < hits.count(); i++) {
            int label = labels[hits.pixels()[i]] & 0xff;
            if (label != VoidLabel.ID) {
                votes[hits.points()[i] * classes + label]++;
            }
        }
    }

    private byte majority(short[] votes, int pixel) {
        int best = VoidLabel.ID;
        int most = 0;
        for (int label = 0; label < classes; label++) {
            int count = votes[pixel * classes + label];
            if (count > most) {
                best = label;
                most = count;
            } else if (count == most) {
                best = VoidLabel.ID;
            }
        }
        return (byte) best;
    }

    private static Tally judge(byte[] map, byte[] truth) {
        byte none = (byte) VoidLabel.ID;
        long pixels = 0;
        long judged = 0;
        long right = 0;
        for (int pixel = 0; pixel < map.length; pixel++) {
            if (map[pixel] != none) {
                pixels++;
                judged += truth[pixel] != none ? 1 : 0;
                right += truth[pixel] == map[pixel] ? 1 : 0;
            }
        }
        return new Tally(pixels, judged, right);
    }
}
