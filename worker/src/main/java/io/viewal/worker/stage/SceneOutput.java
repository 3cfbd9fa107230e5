package io.viewal.worker.stage;

import io.viewal.contract.ScoreParameters;
import io.viewal.worker.acquisition.AcquisitionStrategy;
import io.viewal.worker.acquisition.AcquisitionStrategy.RegionScore;
import io.viewal.worker.acquisition.ProbabilityVolume;
import io.viewal.worker.acquisition.SceneScorer;
import io.viewal.worker.artifact.ScoresIndex;
import io.viewal.worker.artifact.SuperpixelScoresCsv;
import io.viewal.worker.dataset.DatasetManifest.FileEntry;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.PreparedScene;
import io.viewal.worker.npy.NpyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The scores of one scene on their way into files. */
final class SceneOutput {

    private final StageContext context;
    private final PreparedScene scene;
    private final int classes;
    private final String folder;
    private final Map<String, Path> files = new TreeMap<>();

    SceneOutput(StageContext context, PreparedScene scene, int classes) {
        this.context = context;
        this.scene = scene;
        this.classes = classes;
        this.folder = "scenes/" + scene.name();
    }

    /** An empty volume for the scene's predictions, in the scratch folder. */
    ProbabilityVolume volume() throws IOException {
        return ProbabilityVolume.create(
                context.output("probabilities"),
                scene.frames().size(),
                scene.size().pixels(),
                classes);
    }

    /**
     * Computes and writes the maps and scores.
     *
     * @return how many regions were scored
     */
    int score(ProbabilityVolume volume, AcquisitionStrategy strategy, ScoreParameters parameters) throws IOException {
        SceneScorer scorer = new SceneScorer(
                strategy,
                parameters.mode().equals("reference"),
                parameters.distanceThreshold(),
                context.request().seed());
        List<List<RegionScore>> scores = new ArrayList<>();
        scene.frames().forEach(frame -> scores.add(null));
        try (NpyFile.Writer entropies = maps(ScoresIndex.VIEW_ENTROPY, "<f4");
                NpyFile.Writer divergences = maps(ScoresIndex.VIEW_DIVERGENCE, "<f4");
                NpyFile.Writer predictions = maps(ScoresIndex.PREDICTION, "|u1")) {
            scorer.score(scene, scorer.geometry(scene), volume, frame -> {
                long first = volume.row(frame.index());
                entropies.put(first, frame.entropy());
                divergences.put(first, frame.divergence());
                predictions.put(first, frame.prediction());
                scores.set(frame.index(), frame.regions());
            });
        }
        List<SuperpixelScoresCsv.Row> rows = rows(scores);
        Path table = context.output(folder + "/" + ScoresIndex.SUPERPIXEL_SCORES);
        Files.writeString(table, SuperpixelScoresCsv.write(rows));
        files.put(ScoresIndex.SUPERPIXEL_SCORES, table);
        return rows.size();
    }

    /** Copies the files into the store and tells how the index names them. */
    Map<String, FileEntry> publish() throws IOException {
        return ScoreStage.entries(context, folder, files);
    }

    private NpyFile.Writer maps(String name, String type) throws IOException {
        Path file = context.output(folder + "/" + name);
        files.put(name, file);
        ImageSize size = scene.size();
        return new NpyFile.Writer(file, type, scene.frames().size(), size.height(), size.width());
    }

    private List<SuperpixelScoresCsv.Row> rows(List<List<RegionScore>> scores) {
        List<SuperpixelScoresCsv.Row> rows = new ArrayList<>();
        for (int frame = 0; frame < scores.size(); frame++) {
            for (RegionScore region : scores.get(frame)) {
                rows.add(new SuperpixelScoresCsv.Row(
                        scene.frames().get(frame).name(),
                        region.superpixel(),
                        region.pixels(),
                        region.score(),
                        region.divergence()));
            }
        }
        return rows;
    }
}
