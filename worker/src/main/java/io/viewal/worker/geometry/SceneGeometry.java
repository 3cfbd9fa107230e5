package io.viewal.worker.geometry;

import io.viewal.worker.dataset.Frame;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Intrinsics;
import io.viewal.worker.dataset.Scene;
import io.viewal.worker.kernel.FramePair;
import io.viewal.worker.kernel.Hits;
import io.viewal.worker.kernel.PixelBlock;
import io.viewal.worker.kernel.Projection;
import io.viewal.worker.kernel.ProjectionRule;
import io.viewal.worker.kernel.ProjectionRule.UnknownDepth;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
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

    private final ImageSize size;
    private final List<Frame> frames;
    private final ProjectionRule rule;
    private final Projection projection;
    private final MemorySegment[] depths;
    private final TileBounds[] bounds;

    /**
     * @param depths the depth of a frame: float32 [height, width] in metres, which stays as it is
     * @param projection the kernel to use
     */
    public SceneGeometry(
            ImageSize size,
            List<Frame> frames,
            IntFunction<MemorySegment> depths,
            ProjectionRule rule,
            Projection projection) {
        this.size = size;
        this.frames = List.copyOf(frames);
        this.rule = rule;
        this.projection = projection;
        this.depths = IntStream.range(0, frames.size()).mapToObj(depths).toArray(MemorySegment[]::new);
        this.bounds = new TileBounds[frames.size()];
        IntStream.range(0, bounds.length).parallel().forEach(f -> {
            float[] depth = this.depths[f].toArray(ValueLayout.JAVA_FLOAT);
            bounds[f] = TileBounds.of(frames.get(f).intrinsics(), depth, size);
        });
    }

    /** The geometry of a scene. */
    public static SceneGeometry of(Scene scene, ProjectionRule rule, Projection projection) {
        return new SceneGeometry(scene.size(), scene.frames(), scene::depthInPlace, rule, projection);
    }

    public ImageSize size() {
        return size;
    }

    public List<Frame> frames() {
        return frames;
    }

    /**
     * Pixels on which points may land.
     *
     * @param depth float32 [block.rows, block.columns], metres
     * @param volume what may land on them, in the world; null when that may be anything
     */
    public record Target(int frame, PixelBlock block, float[] depth, ViewVolume volume) {}

    /** All pixels of a frame. */
    public Target target(int frame) {
        return target(frame, whole());
    }

    /** Some pixels of a frame. */
    public Target target(int frame, PixelBlock block) {
        float[] depth = new float[block.size()];
        for (int row = 0; row < block.rows(); row++) {
            long from = (long) (block.fromRow() + row) * size.width() + block.fromColumn();
            MemorySegment.copy(
                    depths[frame],
                    ValueLayout.JAVA_FLOAT,
                    from * Float.BYTES,
                    depth,
                    row * block.columns(),
                    block.columns());
        }
        // Points can only be left out unseen where those behind the camera and those without depth are.
        boolean cull = rule.requireInFront() && rule.requireDepth();
        return new Target(frame, block, depth, cull ? volume(frame, block) : null);
    }

    private ViewVolume volume(int frame, PixelBlock block) {
        double[] depths = bounds[frame].depths(block);
        double near = Math.max(0, depths[0] - rule.distance());
        return ViewVolume.of(frames.get(frame), block, near, depths[1] + rule.distance());
    }

    /**
     * Projects a source frame into a target.
     *
     * @param hits appended to: the source's points tile by tile
     */
    public void project(int source, Target target, Hits hits) {
        if (source == target.frame() && rule.requireDepth()) {
            hits.addItself(target.block(), size.width(), target.depth(), rule.unknownDepth() == UnknownDepth.OWN_VIEW);
            return;
        }
        if (target.volume() == null) {
            projection.project(pair(source, target), whole().cut(TileBounds.ROWS, size.width()), hits);
            return;
        }
        TileBounds tiles = bounds[source];
        ViewVolume volume = target.volume().seenFrom(frames.get(source).pose());
        if (tiles.mayMeet(volume)) {
            projection.project(pair(source, target), tiles.meeting(volume), hits);
        }
    }

    private FramePair pair(int source, Target target) {
        return new FramePair(
                RigidTransforms.between(frames.get(source), frames.get(target.frame())),
                rule,
                size.width(),
                size.height(),
                depths[source],
                target.block(),
                target.depth());
    }

    private PixelBlock whole() {
        return new PixelBlock(0, 0, size.width(), size.height());
    }

    /** Where in the world a block is: its middle's point, or where that has no depth roughly; metres. */
    double[] place(SurfaceOrder.Block block) {
        PixelBlock pixels = block.pixels();
        int column = (pixels.fromColumn() + pixels.toColumn()) / 2;
        int row = (pixels.fromRow() + pixels.toRow()) / 2;
        double z = depths[block.frame()].getAtIndex(ValueLayout.JAVA_FLOAT, row * size.width() + column);
        Frame frame = frames.get(block.frame());
        Intrinsics k = frame.intrinsics();
        double[] middle = z > 0 && z < Double.POSITIVE_INFINITY
                ? new double[] {(column - k.cx()) / k.fx() * z, (row - k.cy()) / k.fy() * z, z}
                : bounds[block.frame()].middle(pixels);
        double[] pose = frame.pose().matrix();
        double[] place = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            int at = 4 * axis;
            place[axis] = pose[at] * middle[0] + pose[at + 1] * middle[1] + pose[at + 2] * middle[2] + pose[at + 3];
        }
        return place;
    }
}
