package io.viewal.bench;

import io.viewal.worker.dataset.CameraPose;
import io.viewal.worker.dataset.Frame;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Scene;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** A scene cut or grown to a number of frames: its frames come again and again, each time moved by a few millimetres. */
final class RepeatedScene implements Scene {

    /** Metres along each axis of the world and a repetition. */
    private static final double STEP = 0.003;

    private final Scene base;
    private final List<Frame> frames = new ArrayList<>();

    RepeatedScene(Scene base, int count) {
        this.base = base;
        for (int f = 0; f < count; f++) {
            Frame frame = base.frames().get(f % base.frames().size());
            int repetition = f / base.frames().size();
            double[] pose = frame.pose().matrix();
            // Back and forth, so that many repetitions stay in the room.
            double away = STEP * (repetition % 2 == 0 ? repetition / 2 : -(repetition + 1) / 2);
            pose[3] += away;
            pose[7] -= away;
            pose[11] += away / 2;
            frames.add(new Frame(frame.name() + "-" + repetition, frame.intrinsics(), new CameraPose(pose)));
        }
    }

    private int original(int frame) {
        return frame % base.frames().size();
    }

    @Override
    public String name() {
        return base.name();
    }

    @Override
    public ImageSize size() {
        return base.size();
    }

    @Override
    public List<Frame> frames() {
        return frames;
    }

    @Override
    public byte[] color(int frame) {
        return base.color(original(frame));
    }

    @Override
    public MemorySegment depthInPlace(int frame) {
        return base.depthInPlace(original(frame));
    }

    @Override
    public boolean hasLabels() {
        return base.hasLabels();
    }

    @Override
    public byte[] labels(int frame) {
        return base.labels(original(frame));
    }

    @Override
    public char[] superpixels(int frame) {
        return base.superpixels(original(frame));
    }
}
