package io.viewal.worker.geometry;

import io.viewal.worker.dataset.Frame;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Scene;
import io.viewal.worker.kernel.FramePair;
import io.viewal.worker.kernel.Hits;
import io.viewal.worker.kernel.Projection;
import io.viewal.worker.kernel.ProjectionRule;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The cameras and depths of a scene, and where the points of one frame land in another. Safe for use by several threads.
 *
 * <p>What can't meet is left out: a frame's points are bounded, in tiles of {@value TileBounds#ROWS} × {@value
 * TileBounds#COLUMNS} pixels and as a whole, by boxes along its camera's axes, and what lies wholly outside the target's
 * viewing volume is not projected. The test errs on the side of projecting.
 */
public final class SceneGeometry {

    /** Depths that stay in memory: those of the first frames. Reading one costs about as much as projecting it. */
    private static final long KEPT_BYTES = 48L << 20;

    private final ImageSize size;
    private final List<Frame> frames;
    private final IntFunction<float[]> depths;
    private final ProjectionRule rule;
    private final Projection projection;
    private final TileBounds[] bounds;
    private final float[][] kept;

    /**
     * @param depths the depth of a frame: float32 [height, width] in metres
     * @param projection the kernel to use
     */
    public SceneGeometry(
            ImageSize size,
            List<Frame> frames,
            IntFunction<float[]> depths,
            ProjectionRule rule,
            Projection projection) {
        this.size = size;
        this.frames = List.copyOf(frames);
        this.depths = depths;
        this.rule = rule;
        this.projection = projection;
        this.bounds = new TileBounds[frames.size()];
        this.kept = new float[(int) Math.min(bounds.length, KEPT_BYTES / Float.BYTES / size.pixels())][];
        IntStream.range(0, bounds.length).parallel().forEach(f -> {
            float[] depth = depths.apply(f);
            bounds[f] = TileBounds.of(frames.get(f).intrinsics(), depth, size);
            if (f < kept.length) {
                kept[f] = depth;
            }
        });
    }

    /** The geometry of a scene. */
    public static SceneGeometry of(Scene scene, ProjectionRule rule, Projection projection) {
        return new SceneGeometry(scene.size(), scene.frames(), scene::depth, rule, projection);
    }

    public ImageSize size() {
        return size;
    }

    public List<Frame> frames() {
        return frames;
    }

    /** The depth of a frame: float32 [height, width] in metres; not to be changed. */
    public float[] depth(int frame) {
        return frame < kept.length ? kept[frame] : depths.apply(frame);
    }

    /**
     * Projects a source frame into a target frame.
     *
     * @param targetDepth {@link #depth} of the target
     * @param hits appended to: the source's points tile by tile
     */
    public void project(int source, int target, float[] targetDepth, Hits hits) {
        project(source, target, targetDepth, new Rows(0, size.height()), hits);
    }

    /** Rows of a frame: {@code from} to {@code to − 1}. */
    public record Rows(int from, int to) {}

    /**
     * Projects a source frame into some rows of a target frame.
     *
     * @param targetDepth {@link #depth} of the target
     * @param rows of the target
     * @param hits appended to: the source's points tile by tile
     */
    public void project(int source, int target, float[] targetDepth, Rows rows, Hits hits) {
        TileBounds tiles = bounds[source];
        // Tiles can only be left out where points behind the camera and points without depth are.
        boolean cull = rule.requireInFront() && rule.requireDepth();
        ViewVolume volume =
                cull ? volume(target, rows).seenFrom(frames.get(source).pose()) : null;
        if (cull && !tiles.mayMeet(volume)) {
            return;
        }
        FramePair pair = new FramePair(
                RigidTransforms.between(frames.get(source), frames.get(target)),
                rule,
                depth(source),
                targetDepth,
                size.width(),
                size.height());
        tiles.forEachRun(volume, block -> projection.project(pair, block, rows.from(), rows.to(), hits));
    }

    private ViewVolume volume(int target, Rows rows) {
        return ViewVolume.of(frames.get(target), size.width(), rows, bounds[target].farthest() + rule.distance());
    }
}
