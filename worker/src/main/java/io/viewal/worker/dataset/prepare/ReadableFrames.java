package io.viewal.worker.dataset.prepare;

import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.SourceFrame;
import io.viewal.worker.dataset.SourceScene;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.IntStream;

/** Those frames of a scene that can be read; finding out takes reading each. */
final class ReadableFrames implements SourceScene {

    private final SourceScene scene;
    private final Map<Integer, String> broken = new ConcurrentSkipListMap<>();
    private final List<Integer> readable;

    ReadableFrames(SourceScene scene) throws IOException {
        this.scene = scene;
        int frames = scene.frameNames().size();
        FrameTasks.run(frames, frame -> {
            try {
                scene.read(frame);
            } catch (InvalidInputException e) {
                broken.put(frame, e.getMessage());
            }
        });
        this.readable = IntStream.range(0, frames)
                .filter(frame -> !broken.containsKey(frame))
                .boxed()
                .toList();
    }

    /** The others, and why. */
    List<LeftOut> leftOut() {
        List<String> names = scene.frameNames();
        return broken.entrySet().stream()
                .map(frame -> new LeftOut(names.get(frame.getKey()), frame.getValue()))
                .toList();
    }

    @Override
    public String name() {
        return scene.name();
    }

    @Override
    public List<String> frameNames() {
        List<String> names = scene.frameNames();
        return readable.stream().map(names::get).toList();
    }

    @Override
    public boolean hasLabels(int frame) {
        return scene.hasLabels(readable.get(frame));
    }

    @Override
    public String digest() throws IOException {
        return scene.digest();
    }

    @Override
    public SourceFrame read(int frame) throws IOException {
        return scene.read(readable.get(frame));
    }
}
