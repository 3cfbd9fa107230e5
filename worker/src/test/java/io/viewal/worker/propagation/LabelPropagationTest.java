package io.viewal.worker.propagation;

import static org.assertj.core.api.Assertions.assertThat;

import io.viewal.worker.artifact.LabelSet;
import io.viewal.worker.artifact.LabelSet.FrameKey;
import io.viewal.worker.artifact.LabelSource;
import io.viewal.worker.artifact.LabeledRegion;
import io.viewal.worker.dataset.CameraPose;
import io.viewal.worker.dataset.Frame;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Intrinsics;
import io.viewal.worker.dataset.Region;
import io.viewal.worker.dataset.Scene;
import io.viewal.worker.propagation.LabelPropagation.Tally;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A wall two metres away, seen by cameras side by side: each step to the right moves it two pixels to the left. */
class LabelPropagationTest {

    private static final ImageSize SIZE = new ImageSize(16, 8);
    private static final int CLASSES = 16;
    private static final int NONE = 255;
    private static final double DISTANCE = 0.05;

    private final LabelSet labels = new LabelSet(SIZE);

    @Test
    void carriesALabelToThePixelThatSeesTheSamePoint() {
        Wall wall = new Wall(0, 1);
        label(wall, 0, x -> x);
        Tally tally = propagate(wall);
        assertThat(carried(wall, 1)).containsExactly(columns(x -> x + 2 < 16 ? x + 2 : NONE));
        assertThat(tally).isEqualTo(new Tally(14 * 8, 14 * 8, 14 * 8));
        assertThat(tally.precision()).isEqualTo(1);
    }

    @Test
    void countsWhatDisagreesWithTheTruth() {
        Wall wall = new Wall(0, 1);
        label(wall, 0, x -> x == 5 ? 0 : x);
        assertThat(propagate(wall)).isEqualTo(new Tally(14 * 8, 14 * 8, 13 * 8));
    }

    @Test
    void keepsQuietAboutWhatIsHiddenFromTheLabeledView() {
        Wall wall = new Wall(0, 1);
        for (int pixel = 0; pixel < SIZE.pixels(); pixel++) {
            wall.depth[0][pixel] = pixel % 16 < 8 ? 1 : 2;
        }
        label(wall, 0, x -> x);
        propagate(wall);
        assertThat(carried(wall, 1)).containsExactly(columns(x -> x + 2 >= 8 && x + 2 < 16 ? x + 2 : NONE));
    }

    @Test
    void takesTheWordOfMostViewsAndNoneOfEquallyMany() {
        Wall wall = new Wall(0, 0, 0, 1);
        label(wall, 0, x -> x < 8 ? 1 : 2);
        label(wall, 1, x -> x < 8 ? 1 : 3);
        label(wall, 2, x -> x < 8 ? 4 : NONE);
        propagate(wall);
        assertThat(carried(wall, 3)).containsExactly(columns(x -> x + 2 < 8 ? 1 : NONE));
    }

    @Test
    void leavesAloneWhatTheOracleLabeledEvenAsVoid() {
        Wall wall = new Wall(0, 1);
        label(wall, 0, x -> x);
        label(wall, 1, x -> NONE);
        assertThat(propagate(wall)).isEqualTo(Tally.NONE);
        assertThat(labels.frames(LabelSource.PROPAGATED)).isEmpty();
    }

    @Test
    void trainsOnPropagatedLabelsButCountsThemAsNobodysWork() {
        Wall wall = new Wall(0, 1);
        label(wall, 0, x -> x);
        long before = labels.pixels();
        propagate(wall);
        assertThat(labels.pixels()).isEqualTo(before);
        assertThat(labels.trainingFrames()).contains(wall.key(1));
        assertThat(labels.trainingLabels(wall.key(1))).isEqualTo(labels.labels(LabelSource.PROPAGATED, wall.key(1)));
    }

    private void label(Wall wall, int frame, IntUnaryOperator byColumn) {
        LabeledRegion region = new LabeledRegion(
                wall.name(), wall.key(frame).frame(), Region.WHOLE_FRAME, SIZE.pixels(), 1, frame, Optional.empty());
        byte[] map = new byte[SIZE.pixels()];
        Wall.fill(map, byColumn);
        labels.add(List.of(region), wall.key(frame), map);
    }

    private Tally propagate(Wall wall) {
        return new LabelPropagation(wall, CLASSES, DISTANCE).into(labels);
    }

    private int[] carried(Wall wall, int frame) {
        byte[] map = labels.labels(LabelSource.PROPAGATED, wall.key(frame));
        return IntStream.range(0, map.length).map(pixel -> map[pixel] & 0xff).toArray();
    }

    private static int[] columns(IntUnaryOperator byColumn) {
        return IntStream.range(0, SIZE.pixels())
                .map(pixel -> byColumn.applyAsInt(pixel % SIZE.width()))
                .toArray();
    }

    /** Its truth is the column in the first frame, while that is one of the classes. */
    private static final class Wall implements Scene {

        private final int[] steps;
        private final float[][] depth;

        Wall(int... steps) {
            this.steps = steps;
            this.depth = new float[steps.length][SIZE.pixels()];
            for (float[] map : depth) {
                Arrays.fill(map, 2);
            }
        }

        static void fill(byte[] map, IntUnaryOperator byColumn) {
            for (int pixel = 0; pixel < map.length; pixel++) {
                map[pixel] = (byte) byColumn.applyAsInt(pixel % SIZE.width());
            }
        }

        FrameKey key(int frame) {
            return new FrameKey(name(), frames().get(frame).name());
        }

        @Override
        public String name() {
            return "wall";
        }

        @Override
        public ImageSize size() {
            return SIZE;
        }

        @Override
        public List<Frame> frames() {
            return IntStream.range(0, steps.length)
                    .mapToObj(frame ->
                            new Frame("frame-" + frame, new Intrinsics(16, 16, 7.5, 3.5), new CameraPose(new double[] {
                                1, 0, 0, 0.25 * steps[frame], 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1
                            })))
                    .toList();
        }

        @Override
        public byte[] color(int frame) {
            return new byte[SIZE.pixels() * 3];
        }

        @Override
        public MemorySegment depthInPlace(int frame) {
            return MemorySegment.ofArray(depth[frame]);
        }

        @Override
        public boolean hasLabels() {
            return true;
        }

        @Override
        public byte[] labels(int frame) {
            byte[] map = new byte[SIZE.pixels()];
            fill(map, x -> x + 2 * steps[frame] < CLASSES ? x + 2 * steps[frame] : NONE);
            return map;
        }

        @Override
        public char[] superpixels(int frame) {
            return new char[SIZE.pixels()];
        }
    }
}
