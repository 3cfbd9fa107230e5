package io.viewal.worker.dataset.prepare;

import io.viewal.contract.ContractJson;
import io.viewal.worker.dataset.LeftOut;
import io.viewal.worker.dataset.SourceFrame;
import io.viewal.worker.dataset.SourceScene;
import java.io.IOException;
import java.util.List;

/**
 * Some frames of a scene.
 *
 * @param frames their numbers in the scene, rising
 */
record SceneSubset(SourceScene scene, List<Integer> frames) implements SourceScene {

    SceneSubset {
        frames = List.copyOf(frames);
    }

    @Override
    public String name() {
        return scene.name();
    }

    @Override
    public List<String> frameNames() {
        List<String> names = scene.frameNames();
        return frames.stream().map(names::get).toList();
    }

    @Override
    public boolean hasLabels(int frame) {
        return scene.hasLabels(frames.get(frame));
    }

    @Override
    public String digest() throws IOException {
        return ContractJson.sha256(ContractJson.toBytes(List.of(scene.digest(), frames)));
    }

    @Override
    public List<LeftOut> leftOut() {
        return scene.leftOut();
    }

    @Override
    public void close() throws IOException {
        scene.close();
    }

    @Override
    public SourceFrame read(int frame) throws IOException {
        return scene.read(frames.get(frame));
    }
}
