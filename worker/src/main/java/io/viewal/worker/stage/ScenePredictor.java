package io.viewal.worker.stage;

import io.viewal.contract.RoundRequests;
import io.viewal.contract.ScoreParameters;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.acquisition.AcquisitionStrategy;
import io.viewal.worker.acquisition.Need;
import io.viewal.worker.acquisition.ProbabilityVolume;
import io.viewal.worker.acquisition.Seeds;
import io.viewal.worker.acquisition.VoteCounter;
import io.viewal.worker.artifact.ScoresIndex;
import io.viewal.worker.dataset.PreparedScene;
import io.viewal.worker.model.Predictor;
import io.viewal.worker.npy.NpyFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Predicts the frames of scenes, and computes what else a strategy needs of the network. */
final class ScenePredictor implements Predictions {

    private final StageContext context;
    private final Predictor predictor;
    private final int passes;
    private final boolean votes;
    private final boolean features;
    private final int frames;
    private int done;

    /** The same with the network that the round trained. */
    static ScenePredictor load(
            StageContext context, AcquisitionStrategy strategy, ScoreParameters parameters, int frames)
            throws IOException {
        requirePasses(strategy, parameters);
        Predictor predictor = Predictor.load(context.fetch(context.input(RoundRequests.MODEL)), parameters.dropout());
        return new ScenePredictor(context, predictor, strategy, parameters, frames);
    }

    /**
     * @param frames in all, for the progress
     */
    private ScenePredictor(
            StageContext context,
            Predictor predictor,
            AcquisitionStrategy strategy,
            ScoreParameters parameters,
            int frames) {
        this.context = context;
        this.predictor = predictor;
        this.votes = strategy.needs().contains(Need.VOTES);
        this.features = strategy.needs().contains(Need.FEATURES);
        this.passes = votes || strategy.needs().contains(Need.DROPOUT) ? parameters.passes() : 1;
        this.frames = frames;
    }

    private static void requirePasses(AcquisitionStrategy strategy, ScoreParameters parameters) {
        if (strategy.needs().contains(Need.VOTES) && parameters.passes() < 2) {
            throw new InvalidInputException(
                    Reason.InvalidRequest,
                    "The strategy " + strategy.name() + " compares the votes of dropout passes and scoring.passes is "
                            + parameters.passes() + ": expected 2 or more");
        }
    }

    @Override
    public ProbabilityVolume predict(SceneOutput output) throws IOException {
        PreparedScene scene = output.scene();
        ProbabilityVolume volume = output.volume();
        VoteCounter counter =
                votes ? new VoteCounter(volume.classes(), scene.size().pixels()) : null;
        List<float[]> vectors = new ArrayList<>();
        try (NpyFile.Writer entropies = votes ? output.maps(ScoresIndex.VOTE_ENTROPY, "<f4") : null) {
            for (int frame = 0; frame < scene.frames().size(); frame++) {
                context.progress(done++, frames, "frames", "predicting scene " + scene.name());
                byte[] rgb = scene.color(frame);
                predict(scene, frame, rgb, volume, counter);
                if (votes) {
                    entropies.put(volume.row(frame), counter.entropy());
                }
                if (features) {
                    vectors.add(predictor.features(rgb));
                }
            }
            if (features) {
                output.features(vectors);
            }
        } catch (IOException | RuntimeException e) {
            volume.close();
            throw e;
        }
        return volume;
    }

    @Override
    public String device() {
        return predictor.device();
    }

    @Override
    public void close() {
        predictor.close();
    }

    private void predict(PreparedScene scene, int frame, byte[] rgb, ProbabilityVolume volume, VoteCounter counter) {
        String name = scene.frames().get(frame).name();
        long seed = Seeds.of(context.request().seed(), scene.name(), name);
        if (counter == null) {
            volume.put(frame, predictor.probabilities(rgb, passes, seed), name);
        } else {
            counter.clear();
            volume.put(frame, predictor.probabilities(rgb, passes, seed, (pass, sample) -> counter.add(sample)), name);
        }
    }
}
