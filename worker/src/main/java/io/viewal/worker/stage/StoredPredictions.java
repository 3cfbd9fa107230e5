package io.viewal.worker.stage;

import io.viewal.contract.ArtifactRef;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.acquisition.AcquisitionStrategy;
import io.viewal.worker.acquisition.FramePredictions;
import io.viewal.worker.acquisition.Need;
import io.viewal.worker.acquisition.ProbabilityVolume;
import io.viewal.worker.artifact.PredictionsIndex;
import io.viewal.worker.dataset.Frame;
import io.viewal.worker.dataset.PreparedScene;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Predictions that a trainer of one's own left beside its model. */
final class StoredPredictions implements Predictions {

    private final StageContext context;
    private final ArtifactRef index;
    private final PredictionsIndex files;
    private final int frames;
    private int done;

    /**
     * @param index the artifact that lists them
     * @param frames in all, for the progress
     * @throws InvalidInputException when the strategy needs what the predictions don't have
     */
    StoredPredictions(StageContext context, ArtifactRef index, AcquisitionStrategy strategy, int frames) {
        this.context = context;
        this.index = index;
        this.files = PredictionsIndex.read(context.store().fetch(index));
        this.frames = frames;
        requireNeeds(strategy);
    }

    private void requireNeeds(AcquisitionStrategy strategy) {
        if (strategy.needs().contains(Need.VOTES) || strategy.needs().contains(Need.FEATURES)) {
            throw new InvalidInputException(
                    Reason.InvalidRequest,
                    "The strategy " + strategy.name() + " needs " + strategy.needs()
                            + " of the network, and the round's own trainer leaves probabilities alone: choose a "
                            + "strategy that needs no more, such as ViewAL, or train with the worker");
        }
        if (strategy.needs().contains(Need.DROPOUT) && files.passes() < 2) {
            throw new InvalidInputException(
                    Reason.InvalidRequest,
                    "The strategy " + strategy.name() + " needs the mean of dropout passes, and the round's own trainer"
                            + " says that its predictions are of one pass: have it predict with dropout and say"
                            + " 'passes', or choose a strategy without dropout, such as SoftmaxEntropy");
        }
    }

    @Override
    public ProbabilityVolume predict(SceneOutput output) throws IOException {
        PreparedScene scene = output.scene();
        Path folder = Files.createDirectories(context.output("predictions").resolve(scene.name()));
        List<String> names = scene.frames().stream().map(Frame::name).toList();
        for (String frame : names) {
            context.progress(done++, frames, "frames", "reading predictions of scene " + scene.name());
            context.store()
                    .fetch(
                            StageContext.beside(index, files.frame(scene.name(), frame)),
                            folder.resolve(frame + ".npy"));
        }
        ProbabilityVolume volume = read(scene, new FramePredictions(folder, names), output);
        for (String frame : names) {
            Files.delete(folder.resolve(frame + ".npy"));
        }
        return volume;
    }

    private static ProbabilityVolume read(PreparedScene scene, FramePredictions predictions, SceneOutput output)
            throws IOException {
        ProbabilityVolume volume = output.volume();
        boolean whole = false;
        try {
            if (predictions.classes() != volume.classes() || !predictions.size().equals(scene.size())) {
                throw new InvalidInputException(
                        Reason.InvalidDataset,
                        "The trainer's predictions of scene '" + scene.name() + "' have " + predictions.classes()
                                + " classes and the size " + predictions.size() + ", expected the data set's "
                                + volume.classes() + " and " + scene.size());
            }
            predictions.copyTo(volume);
            whole = true;
            return volume;
        } finally {
            if (!whole) {
                volume.close();
            }
        }
    }

    @Override
    public String device() {
        return "none (predictions of the round's own trainer)";
    }

    @Override
    public void close() {}
}
