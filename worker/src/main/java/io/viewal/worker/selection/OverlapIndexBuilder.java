package io.viewal.worker.selection;

import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.Scene;
import io.viewal.worker.geometry.SceneGeometry;
import io.viewal.worker.kernel.Hits;
import io.viewal.worker.kernel.ProjectionRule;
import io.viewal.worker.kernel.ProjectionRule.UnknownDepth;
import io.viewal.worker.kernel.VectorProjection;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

/** Measures which superpixels of a scene overlap, by projecting every frame into every other that it may meet. */
public final class OverlapIndexBuilder {

    private final SceneGeometry geometry;
    private final int[] firstRegion;

    /** Superpixels of each frame by their ranks among the ids that it has, which may have wide gaps. */
    private final char[][] ranks;

    /** The region of each rank. */
    private final int[][] regions;

    private OverlapIndexBuilder(SceneGeometry geometry, char[][] superpixels, int[] firstRegion) {
        this.geometry = geometry;
        this.firstRegion = firstRegion;
        this.ranks = new char[superpixels.length][];
        this.regions = new int[superpixels.length][];
        IntStream.range(0, superpixels.length).parallel().forEach(frame -> rank(frame, superpixels[frame]));
    }

    private void rank(int frame, char[] ids) {
        BitSet present = new BitSet();
        for (char id : ids) {
            present.set(id);
        }
        char[] rankOf = new char[present.length()];
        int[] found = present.stream().toArray();
        for (int rank = 0; rank < found.length; rank++) {
            rankOf[found[rank]] = (char) rank;
            found[rank] += firstRegion[frame];
        }
        char[] ranked = new char[ids.length];
        for (int pixel = 0; pixel < ids.length; pixel++) {
            ranked[pixel] = rankOf[ids[pixel]];
        }
        ranks[frame] = ranked;
        regions[frame] = found;
    }

    /**
     * Builds the index of a scene; equal scenes give equal indexes. A region without depth has no points, and so no entries.
     *
     * @param distanceThreshold in metres, see {@link ProjectionRule}
     */
    public static OverlapIndex build(Scene scene, double distanceThreshold) {
        ProjectionRule rule = new ProjectionRule(distanceThreshold, true, UnknownDepth.NO_POINT);
        char[][] superpixels = IntStream.range(0, scene.frames().size())
                .mapToObj(scene::superpixels)
                .toArray(char[][]::new);
        return build(SceneGeometry.of(scene, rule, new VectorProjection()), superpixels);
    }

    /**
     * Builds the index.
     *
     * @param superpixels of each frame: uint16 [height, width], ids from 0
     */
    public static OverlapIndex build(SceneGeometry geometry, char[][] superpixels) {
        int[] firstRegion = new int[superpixels.length + 1];
        for (int frame = 0; frame < superpixels.length; frame++) {
            int most = 0;
            for (char id : superpixels[frame]) {
                most = Math.max(most, id);
            }
            firstRegion[frame + 1] = firstRegion[frame] + most + 1;
        }
        return new OverlapIndexBuilder(geometry, superpixels, firstRegion).build();
    }

    private OverlapIndex build() {
        int frames = ranks.length;
        int[] pixels = new int[firstRegion[frames]];
        for (int frame = 0; frame < frames; frame++) {
            for (char rank : ranks[frame]) {
                pixels[regions[frame][rank]]++;
            }
        }
        Queue<Workplace> free = new ConcurrentLinkedQueue<>();
        Target[] targets = IntStream.range(0, frames)
                .parallel()
                .mapToObj(target -> {
                    Workplace workplace = free.poll();
                    workplace = workplace == null ? new Workplace() : workplace;
                    Target done = workplace.target(target);
                    free.add(workplace);
                    return done;
                })
                .toArray(Target[]::new);
        requireRoom(Arrays.stream(targets)
                .mapToLong(target -> target.sources.length)
                .sum());
        int[] start = new int[pixels.length + 1];
        for (int frame = 0; frame < frames; frame++) {
            System.arraycopy(targets[frame].entries, 0, start, firstRegion[frame] + 1, targets[frame].entries.length);
        }
        Arrays.parallelPrefix(start, Integer::sum);
        int[] sources = new int[start[pixels.length]];
        int[] points = new int[sources.length];
        for (int frame = 0; frame < frames; frame++) {
            int at = start[firstRegion[frame]];
            System.arraycopy(targets[frame].sources, 0, sources, at, targets[frame].sources.length);
            System.arraycopy(targets[frame].points, 0, points, at, targets[frame].points.length);
        }
        return new OverlapIndex(firstRegion, pixels, start, sources, points);
    }

    private static void requireRoom(long entries) {
        if (entries > OverlapIndex.MOST_ENTRIES) {
            throw new InvalidInputException(
                    Reason.InvalidDataset,
                    "An overlap index of a scene holds at most " + OverlapIndex.MOST_ENTRIES
                            + " pairs of superpixels, and these are " + entries
                            + ": take fewer frames of the scene, or larger superpixels");
        }
    }

    /**
     * The entries of one target frame.
     *
     * @param entries of each of its superpixels
     */
    private record Target(int[] entries, int[] sources, int[] points) {}

    /** What one thread works with, kept from target to target: lists of hits are long, and grow by being copied. */
    private final class Workplace {

        private final Hits hits = new Hits();
        private int[] counts = new int[0];

        Target target(int target) {
            int[] own = regions[target];
            IntList[] sources = new IntList[own.length];
            IntList[] points = new IntList[own.length];
            Arrays.setAll(sources, r -> new IntList());
            Arrays.setAll(points, r -> new IntList());
            SceneGeometry.Target pixels = geometry.target(target);
            for (int source = 0; source < ranks.length; source++) {
                hits.clear();
                geometry.project(source, pixels, hits);
                if (hits.count() > 0) {
                    count(target, source, sources, points);
                }
            }
            int[] entries = new int[firstRegion[target + 1] - firstRegion[target]];
            for (int r = 0; r < own.length; r++) {
                entries[own[r] - firstRegion[target]] = sources[r].size();
            }
            return new Target(entries, concatenated(sources), concatenated(points));
        }

        private void count(int target, int source, IntList[] sources, IntList[] points) {
            int width = regions[source].length;
            requireRoom((long) sources.length * width);
            int cells = sources.length * width;
            counts = cells > counts.length ? new int[cells] : counts;
            add(ranks[target], ranks[source], width);
            for (int i = 0; i < cells; i++) {
                if (counts[i] > 0) {
                    sources[i / width].add(regions[source][i % width]);
                    points[i / width].add(counts[i]);
                    counts[i] = 0;
                }
            }
        }

        /** A loop by itself, with everything at hand: it runs once for every hit. */
        private void add(char[] targetIds, char[] sourceIds, int width) {
            int[] sums = counts;
            int[] pixels = hits.pixels();
            int[] points = hits.points();
            int count = hits.count();
            for (int i = 0; i < count; i++) {
                sums[targetIds[pixels[i]] * width + sourceIds[points[i]]]++;
            }
        }
    }

    private static int[] concatenated(IntList[] lists) {
        int[] all = new int[Arrays.stream(lists).mapToInt(IntList::size).sum()];
        int at = 0;
        for (IntList list : lists) {
            System.arraycopy(list.values, 0, all, at, list.size);
            at += list.size;
        }
        return all;
    }

    /** A growing list of ints. */
    private static final class IntList {

        private int[] values = new int[16];
        private int size;

        void add(int value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, size * 2);
            }
            values[size++] = value;
        }

        int size() {
            return size;
        }
    }
}
