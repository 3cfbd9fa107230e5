package io.viewal.worker.dataset.prepare;

import io.viewal.contract.PrepareParameters.Sampling;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.SourceScene;
import io.viewal.worker.dataset.SourceScenes;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/** Scenes of which every n-th frame is taken, and no more than so many: neighbours in a video show nearly the same. */
public final class SampledScenes implements SourceScenes {

    private final SourceScenes source;
    private final Sampling sampling;

    private SampledScenes(SourceScenes source, Sampling sampling) {
        this.source = source;
        this.sampling = sampling;
    }

    /** The source itself when all frames are to be taken. */
    public static SourceScenes of(SourceScenes source, Sampling sampling) {
        return sampling.equals(Sampling.ALL) ? source : new SampledScenes(source, sampling);
    }

    @Override
    public List<String> names() throws IOException {
        return source.names();
    }

    @Override
    public List<String> classes() throws IOException {
        return source.classes();
    }

    @Override
    public boolean knowsFrames() {
        return source.knowsFrames();
    }

    @Override
    public SourceScene open(String name, ImageSize size, int classes) throws IOException {
        SourceScene scene = source.open(name, size, classes);
        int frames = scene.frameNames().size();
        List<Integer> taken = IntStream.iterate(0, frame -> frame < frames, frame -> frame + sampling.every())
                .limit(sampling.most() == 0 ? frames : sampling.most())
                .boxed()
                .toList();
        return new SceneSubset(scene, taken);
    }
}
