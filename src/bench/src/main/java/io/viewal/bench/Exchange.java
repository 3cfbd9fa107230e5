package io.viewal.bench;

import io.viewal.worker.dataset.Frame;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Intrinsics;
import io.viewal.worker.dataset.Scene;
import io.viewal.worker.npy.NpyFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.function.IntFunction;

/** The folder through which both sides of a race get the same input, as {@code .npy} arrays. */
record Exchange(Path folder) {

    private static final int POSE = 16;
    private static final int CAMERA = 4;

    /**
     * Writes what the other side reads.
     *
     * @param probabilities float32 [classes, height, width] of a frame; null when there are none
     */
    void write(Scene scene, double threshold, IntFunction<float[]> probabilities) throws IOException {
        ImageSize size = scene.size();
        int frames = scene.frames().size();
        ByteBuffer poses = doubles(frames * POSE);
        ByteBuffer cameras = doubles(frames * CAMERA);
        for (Frame frame : scene.frames()) {
            for (double value : frame.pose().matrix()) {
                poses.putDouble(value);
            }
            Intrinsics k = frame.intrinsics();
            cameras.putDouble(k.fx()).putDouble(k.fy()).putDouble(k.cx()).putDouble(k.cy());
        }
        array("poses", poses, frames, CAMERA, CAMERA);
        array("intrinsics", cameras, frames, CAMERA);
        array("threshold", doubles(1).putDouble(threshold), 1);
        try (var depth = new NpyFile.Writer(file("depth"), "<f4", frames, size.height(), size.width());
                var regions = new NpyFile.Writer(file("superpixels"), "<u2", frames, size.height(), size.width())) {
            for (int f = 0; f < frames; f++) {
                depth.put((long) f * size.pixels(), scene.depth(f));
                regions.put((long) f * size.pixels(), scene.superpixels(f));
            }
        }
        if (probabilities != null) {
            predictions(size, frames, probabilities);
        }
    }

    private void predictions(ImageSize size, int frames, IntFunction<float[]> probabilities) throws IOException {
        int classes = BenchScene.CLASSES;
        try (var writer =
                new NpyFile.Writer(file("probabilities"), "<f4", frames, classes, size.height(), size.width())) {
            for (int f = 0; f < frames; f++) {
                writer.put((long) f * classes * size.pixels(), probabilities.apply(f));
            }
        }
    }

    /** An array that the other side wrote. */
    NpyFile theirs(String name) throws IOException {
        return NpyFile.open(file("theirs-" + name));
    }

    private static ByteBuffer doubles(int count) {
        return ByteBuffer.allocate(count * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void array(String name, ByteBuffer values, int... shape) throws IOException {
        try (var writer = new NpyFile.Writer(file(name), "<f8", shape)) {
            writer.put(0, values.array());
        }
    }

    private Path file(String name) {
        return folder.resolve(name + ".npy");
    }
}
