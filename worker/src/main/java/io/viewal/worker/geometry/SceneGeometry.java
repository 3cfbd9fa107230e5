package io.viewal.worker.geometry;

import io.viewal.worker.dataset.Frame;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Scene;
import io.viewal.worker.kernel.PairTransform;
import io.viewal.worker.kernel.Projection;
import io.viewal.worker.kernel.ProjectionRule;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The cameras and depths of a scene, and where the points of one frame land in another. Safe for use by several threads.
 *
 * <p>Pairs of frames that can't share a point are left out: a frame's points are bounded, in tiles of
 * {@value #TILE_ROWS} rows, by axis-aligned boxes in the world, and a tile whose box lies wholly outside the target's
 * viewing volume is not projected. The test errs on the side of projecting.
 */
public final class SceneGeometry {

    /** Rows of a tile. */
    static final int TILE_ROWS = 16;

    private final ImageSize size;
    private final List<Frame> frames;
    private final IntFunction<float[]> depths;
    private final ProjectionRule rule;
    private final Projection projection;
    private final TileBounds[] bounds;

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
        for (int f = 0; f < bounds.length; f++) {
            bounds[f] = TileBounds.of(frames.get(f), depths.apply(f), size);
        }
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

    /** The depth of a frame: float32 [height, width] in metres. */
    public float[] depth(int frame) {
        return depths.apply(frame);
    }

    /**
     * Projects a source frame into a target frame.
     *
     * @param targetDepth {@link #depth} of the target
     * @param hits overwritten: for each source pixel the target pixel's index or {@link Projection#MISS};
     *     int32 [height, width]; undefined when 0 is returned
     * @return how many points hit
     */
    public int project(int source, int target, float[] targetDepth, int[] hits) {
        // Tiles can only be left out where points behind the camera and points without depth are.
        boolean cull = rule.requireInFront() && rule.requireDepth();
        PairTransform pair = RigidTransforms.between(frames.get(source), frames.get(target));
        ViewVolume volume =
                cull ? ViewVolume.of(frames.get(target), size, bounds[target].farthest() + rule.distance()) : null;
        float[] sourceDepth = null;
        int count = 0;
        int unwritten = 0;
        for (int tile = 0; tile < bounds[source].tiles(); tile++) {
            int from = tile * TILE_ROWS;
            int to = Math.min(size.height(), from + TILE_ROWS);
            if (cull && !bounds[source].mayMeet(tile, volume)) {
                continue;
            }
            if (sourceDepth == null) {
                sourceDepth = depths.apply(source);
            }
            Arrays.fill(hits, unwritten * size.width(), from * size.width(), Projection.MISS);
            unwritten = to;
            count += projection.project(
                    pair, rule, sourceDepth, targetDepth, size.width(), size.height(), from, to, hits);
        }
        Arrays.fill(hits, unwritten * size.width(), size.pixels(), Projection.MISS);
        return count;
    }
}
