package io.viewal.worker.stage;

import io.viewal.worker.acquisition.AcquisitionStrategy.RegionScore;
import io.viewal.worker.acquisition.ProbabilityVolume;
import io.viewal.worker.acquisition.PseudoLabeling;
import io.viewal.worker.acquisition.SceneInputs;
import io.viewal.worker.acquisition.SceneScorer;
import io.viewal.worker.artifact.LabelSet;
import io.viewal.worker.artifact.LabelSet.FrameKey;
import io.viewal.worker.artifact.ScoresIndex;
import io.viewal.worker.artifact.SkippedRegion;
import io.viewal.worker.artifact.SuperpixelScoresCsv;
import io.viewal.worker.dataset.DatasetManifest.FileEntry;
import io.viewal.worker.dataset.Frame;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.PreparedScene;
import io.viewal.worker.dataset.Region;
import io.viewal.worker.npy.NpyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;

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
     * @param volume predictions of the scene's frames
     * @param labels before the round
     * @return how many regions were scored
     */
    int score(ProbabilityVolume volume, SceneScorer scorer, LabelSet labels) throws IOException {
        List<List<RegionScore>> scores = new ArrayList<>();
        scene.frames().forEach(frame -> scores.add(null));
        boolean labeling = scorer.strategy() instanceof PseudoLabeling;
        try (NpyFile.Writer entropies = maps(ScoresIndex.VIEW_ENTROPY, "<f4");
                NpyFile.Writer divergences = maps(ScoresIndex.VIEW_DIVERGENCE, "<f4");
                NpyFile.Writer predictions = maps(ScoresIndex.PREDICTION, "|u1");
                NpyFile.Writer pseudoLabels = labeling ? maps(ScoresIndex.PSEUDO_LABELS, "|u1") : null) {
            scorer.score(scene, scorer.geometry(scene), inputs(volume, labels), frame -> {
                long first = volume.row(frame.index());
                entropies.put(first, frame.entropy());
                divergences.put(first, frame.divergence());
                predictions.put(first, frame.prediction());
                if (labeling) {
                    pseudoLabels.put(first, frame.pseudoLabels());
                }
                scores.set(frame.index(), frame.regions());
            });
        }
        List<SuperpixelScoresCsv.Row> rows = rows(scores);
        Path table = context.output(folder + "/" + ScoresIndex.SUPERPIXEL_SCORES);
        Files.writeString(table, SuperpixelScoresCsv.write(rows));
        files.put(ScoresIndex.SUPERPIXEL_SCORES, table);
        return rows.size();
    }

    private SceneInputs inputs(ProbabilityVolume volume, LabelSet labels) throws IOException {
        IntFunction<float[]> votes = null;
        if (files.containsKey(ScoresIndex.VOTE_ENTROPY)) {
            NpyFile maps = NpyFile.open(files.get(ScoresIndex.VOTE_ENTROPY));
            votes = frame -> maps.floats(volume.row(frame), volume.pixels());
        }
        return new SceneInputs(volume, votes, frame -> asked(frame, labels));
    }

    /** The pixels that were labeled, and those of windows that could not be: the next window is another one. */
    private BitSet asked(int frame, LabelSet labels) {
        FrameKey key = new FrameKey(scene.name(), names().get(frame));
        char[] superpixels = scene.superpixels(frame);
        BitSet pixels = labels.labeledPixels(key, superpixels);
        for (SkippedRegion region : labels.skipped(key)) {
            if (region.region() instanceof Region.Window window) {
                pixels.or(window.pixels(superpixels, scene.size()));
            }
        }
        return pixels;
    }

    /** Copies the files into the store and tells how the index names them. */
    ScoresIndex.Scene publish() throws IOException {
        Map<String, FileEntry> entries = new TreeMap<>();
        for (Map.Entry<String, Path> file : files.entrySet()) {
            entries.put(file.getKey(), context.publishEntry(folder + "/" + file.getKey(), file.getValue()));
            Files.delete(file.getValue());
        }
        return new ScoresIndex.Scene(scene.name(), names(), entries);
    }

    PreparedScene scene() {
        return scene;
    }

    /** Writes the features of all frames: float32 [features] each. */
    void features(List<float[]> vectors) throws IOException {
        Path file = context.output(folder + "/" + ScoresIndex.FEATURES);
        files.put(ScoresIndex.FEATURES, file);
        int length = vectors.getFirst().length;
        try (NpyFile.Writer writer = new NpyFile.Writer(file, "<f4", vectors.size(), length)) {
            for (int frame = 0; frame < vectors.size(); frame++) {
                writer.put((long) frame * length, vectors.get(frame));
            }
        }
    }

    private List<String> names() {
        return scene.frames().stream().map(Frame::name).toList();
    }

    /** Begins a file with a map of each frame. */
    NpyFile.Writer maps(String name, String type) throws IOException {
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
                        region.region(),
                        region.pixels(),
                        region.score(),
                        region.divergence()));
            }
        }
        return rows;
    }
}
