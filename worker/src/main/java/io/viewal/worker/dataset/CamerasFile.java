package io.viewal.worker.dataset;

import io.viewal.contract.ContractJson;
import java.util.List;

/**
 * {@code cameras.json} of a prepared scene.
 *
 * @param version of this format, {@value #VERSION}
 * @param scene name of the scene
 * @param width of every frame
 * @param height of every frame
 * @param frames in the order of the scene's arrays
 */
public record CamerasFile(int version, String scene, int width, int height, List<Camera> frames) {

    public static final int VERSION = 1;

    public CamerasFile {
        if (version != VERSION) {
            throw new IllegalArgumentException("version " + version + ", this worker reads " + VERSION);
        }
        frames = List.copyOf(frames);
    }

    /**
     * A frame's camera; numbers survive the file exactly.
     *
     * @param pose 16 numbers, row-major camera → world, see {@link CameraPose}
     */
    public record Camera(String name, double fx, double fy, double cx, double cy, double[] pose) {

        static Camera of(Frame frame) {
            Intrinsics k = frame.intrinsics();
            return new Camera(
                    frame.name(), k.fx(), k.fy(), k.cx(), k.cy(), frame.pose().matrix());
        }

        Frame frame() {
            return new Frame(name, new Intrinsics(fx, fy, cx, cy), new CameraPose(pose));
        }
    }

    static CamerasFile of(String scene, ImageSize size, List<Frame> frames) {
        return new CamerasFile(
                VERSION,
                scene,
                size.width(),
                size.height(),
                frames.stream().map(Camera::of).toList());
    }

    byte[] toBytes() {
        return ContractJson.toBytes(this);
    }

    /**
     * Reads the file's content.
     *
     * @throws IllegalArgumentException when it is of another version, or no such file
     */
    public static CamerasFile read(byte[] json) {
        return ContractJson.read(json, CamerasFile.class);
    }

    /** The frame's place in the scene's arrays; -1 when there is no such frame. */
    public int index(String frame) {
        return frames.stream().map(Camera::name).toList().indexOf(frame);
    }

    ImageSize size() {
        return new ImageSize(width, height);
    }
}
