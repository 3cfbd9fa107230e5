package io.viewal.worker.dataset.prepare;

import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.LeftOut;
import io.viewal.worker.dataset.SourceScene;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.IntStream;

/**
 * Those frames of a scene that can be read, and the others.
 *
 * @param scene without the others
 */
record ReadableFrames(SceneSubset scene, List<LeftOut> leftOut) {

    /** Finds out, by reading each frame. */
    static ReadableFrames of(SourceScene scene) throws IOException {
        List<String> names = scene.frameNames();
        Map<Integer, LeftOut> broken = new ConcurrentSkipListMap<>();
        FrameTasks.run(names.size(), frame -> {
            try {
                scene.read(frame);
            } catch (InvalidInputException e) {
                broken.put(frame, new LeftOut(names.get(frame), e.getMessage()));
            }
        });
        List<Integer> readable = IntStream.range(0, names.size())
                .filter(frame -> !broken.containsKey(frame))
                .boxed()
                .toList();
        return new ReadableFrames(new SceneSubset(scene, readable), List.copyOf(broken.values()));
    }
}
