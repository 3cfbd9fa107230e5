package io.viewal.worker.stage;

import io.viewal.contract.Metric;
import io.viewal.contract.RoundRequests;
import io.viewal.contract.ScoreParameters;
import io.viewal.worker.acquisition.AcquisitionStrategy;
import io.viewal.worker.acquisition.ProbabilityVolume;
import io.viewal.worker.acquisition.Seeds;
import io.viewal.worker.acquisition.Strategies;
import io.viewal.worker.artifact.ScoresIndex;
import io.viewal.worker.dataset.DatasetManifest.FileEntry;
import io.viewal.worker.dataset.DatasetManifest.SceneEntry;
import io.viewal.worker.dataset.PreparedScene;
import io.viewal.worker.dataset.Split;
import io.viewal.worker.model.Predictor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
        List<SceneEntry> scenes = shard(
                dataset.manifest().scenes(Split.TRAIN),
                context.shard(),
                context.request().shards());
        int frames = scenes.stream().mapToInt(SceneEntry::frames).sum();
        List<ScoresIndex.Scene> scored = new ArrayList<>();
        int regions = 0;
        String device;
        try (Predictor predictor = Predictor.load(context.fetch(context.input(RoundRequests.MODEL)))) {
            int done = 0;
            for (SceneEntry entry : scenes) {
                PreparedScene scene = dataset.scene(entry);
                SceneOutput output = new SceneOutput(
                        context, scene, dataset.manifest().classes().size());
                try (ProbabilityVolume volume = predict(context, parameters, predictor, scene, output, done, frames)) {
                    regions += output.score(volume, strategy, parameters);
                }
                done += entry.frames();
                scored.add(new ScoresIndex.Scene(entry.name(), output.publish()));
            }
            context.report(frames, frames, "frames", "scored");
            device = predictor.device();
        }
        ScoresIndex index = new ScoresIndex(ScoresIndex.VERSION, strategy.name(), scored);
        String name = "%s-%05d.json".formatted(RoundRequests.SCORES, context.shard());
        return new Output(
                Map.of(RoundRequests.SCORES, context.publish(name, index.toBytes())),
                Map.of(Metric.FRAMES, (double) frames, Metric.REGIONS, (double) regions),
                Map.of("device", device));
    }

    private static List<SceneEntry> shard(List<SceneEntry> scenes, int shard, int shards) {
        List<SceneEntry> own = new ArrayList<>();
        for (int i = shard; i < scenes.size(); i += shards) {
            own.add(scenes.get(i));
        }
        return own;
    }

    private static ProbabilityVolume predict(
            StageContext context,
            ScoreParameters parameters,
            Predictor predictor,
            PreparedScene scene,
            SceneOutput output,
            int done,
            int total)
            throws IOException {
        ProbabilityVolume volume = output.volume();
        for (int frame = 0; frame < scene.frames().size(); frame++) {
            context.progress(done + frame, total, "frames", "predicting scene " + scene.name());
            String name = scene.frames().get(frame).name();
            long seed = Seeds.of(context.request().seed(), scene.name(), name);
            volume.put(frame, predictor.probabilities(scene.color(frame), parameters.passes(), seed), name);
        }
        return volume;
    }

    /** Names of the files of a scene, for the index. */
    static Map<String, FileEntry> entries(StageContext context, String folder, Map<String, Path> files)
            throws IOException {
        Map<String, FileEntry> entries = new TreeMap<>();
        for (Map.Entry<String, Path> file : files.entrySet()) {
            entries.put(file.getKey(), context.publishEntry(folder + "/" + file.getKey(), file.getValue()));
            Files.delete(file.getValue());
        }
        return entries;
    }
}
