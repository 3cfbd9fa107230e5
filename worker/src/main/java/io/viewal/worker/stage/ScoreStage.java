package io.viewal.worker.stage;

import io.viewal.contract.ArtifactRef;
import io.viewal.contract.Fact;
import io.viewal.contract.Metric;
import io.viewal.contract.Mode;
import io.viewal.contract.RoundRequests;
import io.viewal.contract.ScoreParameters;
import io.viewal.worker.acquisition.AcquisitionStrategy;
import io.viewal.worker.acquisition.ProbabilityVolume;
import io.viewal.worker.acquisition.SceneScorer;
import io.viewal.worker.acquisition.SceneView;
import io.viewal.worker.acquisition.Strategies;
import io.viewal.worker.artifact.LabelSet;
import io.viewal.worker.artifact.ScoresIndex;
import io.viewal.worker.dataset.DatasetManifest;
import io.viewal.worker.dataset.DatasetManifest.SceneEntry;
import io.viewal.worker.dataset.Split;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * SCORE: predicts the frames of this shard's scenes, lets the views of each scene judge each other, and scores every
 * region. Scene n of the train split, in name order, belongs to shard n mod shards.
 */
final class ScoreStage implements StageWork {

    @Override
    public Output run(StageContext context) throws IOException {
        ScoreParameters parameters = context.parameters(ScoreParameters.class);
        AcquisitionStrategy strategy = Strategies.named(parameters.strategy());
        PreparedDataset dataset = PreparedDataset.open(context);
        DatasetManifest manifest = dataset.manifest();
        LabelSet labels = LabelSet.read(context.fetch(context.input(RoundRequests.LABELS)), manifest.size());
        SceneScorer scorer = scorer(
                strategy,
                parameters,
                new SceneView.Round(manifest.classes(), context.request().seed(), labels.round()));
        List<SceneEntry> scenes = shard(
                manifest.scenes(Split.TRAIN), context.shard(), context.request().shards());
        int frames = scenes.stream().mapToInt(SceneEntry::frames).sum();
        List<ScoresIndex.Scene> scored = new ArrayList<>();
        int regions = 0;
        String device;
        try (Predictions predictions = predictions(context, strategy, parameters, frames)) {
            for (SceneEntry entry : scenes) {
                SceneOutput output = new SceneOutput(
                        context, dataset.scene(entry), manifest.classes().size());
                try (ProbabilityVolume volume = predictions.predict(output)) {
                    regions += output.score(volume, scorer, labels);
                }
                scored.add(output.publish());
            }
            context.report(frames, frames, "frames", "scored");
            device = predictions.device();
        }
        return new Output(
                Map.of(RoundRequests.SCORES, publish(context, strategy, scored)),
                Map.of(Metric.FRAMES, (double) frames, Metric.REGIONS, (double) regions),
                Map.of(Fact.DEVICE, device));
    }

    private static Predictions predictions(
            StageContext context, AcquisitionStrategy strategy, ScoreParameters parameters, int frames)
            throws IOException {
        ArtifactRef stored = context.request().inputs().get(RoundRequests.PREDICTIONS);
        return stored == null
                ? ScenePredictor.load(context, strategy, parameters, frames)
                : new StoredPredictions(context, stored, strategy, frames);
    }

    private static SceneScorer scorer(AcquisitionStrategy strategy, ScoreParameters parameters, SceneView.Round round) {
        return new SceneScorer(strategy, parameters.mode() == Mode.reference, parameters.distanceThreshold(), round);
    }

    private static ArtifactRef publish(
            StageContext context, AcquisitionStrategy strategy, List<ScoresIndex.Scene> scenes) throws IOException {
        ScoresIndex index = new ScoresIndex(ScoresIndex.VERSION, strategy.name(), scenes);
        return context.publish("%s-%05d.json".formatted(RoundRequests.SCORES, context.shard()), index.toBytes());
    }

    private static List<SceneEntry> shard(List<SceneEntry> scenes, int shard, int shards) {
        List<SceneEntry> own = new ArrayList<>();
        for (int i = shard; i < scenes.size(); i += shards) {
            own.add(scenes.get(i));
        }
        return own;
    }
}
