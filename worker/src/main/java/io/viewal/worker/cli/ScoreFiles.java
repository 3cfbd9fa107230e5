package io.viewal.worker.cli;

import io.viewal.contract.Mode;
import io.viewal.worker.acquisition.AcquisitionStrategy.RegionScore;
import io.viewal.worker.acquisition.SceneInputs;
import io.viewal.worker.acquisition.SceneScorer;
import io.viewal.worker.acquisition.SceneScorer.ScoredFrame;
import io.viewal.worker.artifact.ScoredScene;
import io.viewal.worker.artifact.ScoresIndex;
import io.viewal.worker.artifact.SuperpixelScoresCsv;
import io.viewal.worker.dataset.Frame;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Scene;
import io.viewal.worker.geometry.SceneGeometry;
import io.viewal.worker.npy.NpyFile;
import io.viewal.worker.page.HeatMap;
import io.viewal.worker.selection.OverlapIndexBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The scores of one scene in a folder:
 *
 * <pre>
 * view-entropy/&lt;frame&gt;.npy      float32 [height, width], bits
 * view-divergence/&lt;frame&gt;.npy   float32 [height, width], bits
 * heat-maps/&lt;frame&gt;-….png      both as pictures with their scales, if asked for
 * pseudo-labels/&lt;frame&gt;.npy     uint8 [height, width], 255 = none; of strategies that label by themselves
 * superpixel-scores.csv         see {@link SuperpixelScoresCsv}
 * features.npy                  float32 [frames, features]; for strategies that compare them
 * overlap.bin                   which regions see the same surface
 * scene.json                    see {@link ScoredScene}; written last
 * </pre>
 */
record ScoreFiles(Path folder, Scene scene, SceneScorer scorer, boolean heatMaps) {

    /** Name of the overlap index. */
    static final String OVERLAP = "overlap.bin";

    private static final String ENTROPY = "view-entropy";
    private static final String DIVERGENCE = "view-divergence";
    private static final String HEAT_MAPS = "heat-maps";
    private static final String PSEUDO = "pseudo-labels";

    /** Writes the features of all frames, if there are any. */
    void features(List<float[]> vectors) throws IOException {
        Path file = folder.resolve(ScoresIndex.FEATURES);
        Files.deleteIfExists(file);
        if (!vectors.isEmpty()) {
            int length = vectors.getFirst().length;
            try (NpyFile.Writer writer = new NpyFile.Writer(file, "<f4", vectors.size(), length)) {
                for (int frame = 0; frame < vectors.size(); frame++) {
                    writer.put((long) frame * length, vectors.get(frame));
                }
            }
        }
    }

    /** Writes all the rest and tells how many regions were scored. */
    int write(SceneInputs inputs) throws IOException {
        Files.createDirectories(folder.resolve(ENTROPY));
        Files.createDirectories(folder.resolve(DIVERGENCE));
        SceneGeometry geometry = scorer.geometry(scene);
        List<List<RegionScore>> regions = new ArrayList<>();
        scene.frames().forEach(frame -> regions.add(null));
        scorer.score(scene, geometry, inputs, frame -> {
            map(ENTROPY, frame, frame.entropy());
            map(DIVERGENCE, frame, frame.divergence());
            pseudoLabels(frame);
            regions.set(frame.index(), frame.regions());
        });
        List<SuperpixelScoresCsv.Row> rows = rows(regions);
        Files.writeString(folder.resolve(ScoresIndex.SUPERPIXEL_SCORES), SuperpixelScoresCsv.write(rows));
        char[][] superpixels = IntStream.range(0, scene.frames().size())
                .mapToObj(scene::superpixels)
                .toArray(char[][]::new);
        OverlapIndexBuilder.build(geometry, superpixels).write(folder.resolve(OVERLAP));
        Files.write(
                folder.resolve(ScoredScene.FILE),
                description(inputs.probabilities().classes()).toBytes());
        return rows.size();
    }

    private void map(String kind, ScoredFrame frame, float[] values) throws IOException {
        ImageSize size = scene.size();
        Path file = folder.resolve(kind).resolve(name(frame.index()) + ".npy");
        NpyFile.write(file, values, size.height(), size.width());
        if (heatMaps) {
            Path picture = folder.resolve(HEAT_MAPS).resolve(name(frame.index()) + "-" + kind + ".png");
            Files.createDirectories(picture.getParent());
            Files.write(picture, HeatMap.png(values, size, HeatMap.scale(List.of(values))));
        }
    }

    private void pseudoLabels(ScoredFrame frame) throws IOException {
        if (frame.pseudoLabels() != null) {
            ImageSize size = scene.size();
            Path file = folder.resolve(PSEUDO).resolve(name(frame.index()) + ".npy");
            Files.createDirectories(file.getParent());
            try (NpyFile.Writer writer = new NpyFile.Writer(file, "|u1", size.height(), size.width())) {
                writer.put(0, frame.pseudoLabels());
            }
        }
    }

    private List<SuperpixelScoresCsv.Row> rows(List<List<RegionScore>> regions) {
        List<SuperpixelScoresCsv.Row> rows = new ArrayList<>();
        for (int frame = 0; frame < regions.size(); frame++) {
            for (RegionScore r : regions.get(frame)) {
                rows.add(new SuperpixelScoresCsv.Row(name(frame), r.region(), r.pixels(), r.score(), r.divergence()));
            }
        }
        return rows;
    }

    private ScoredScene description(int classes) {
        return new ScoredScene(
                ScoredScene.VERSION,
                scene.name(),
                scene.size().width(),
                scene.size().height(),
                classes,
                scene.frames().stream().map(Frame::name).toList(),
                scorer.strategy().name(),
                (scorer.reference() ? Mode.reference : Mode.corrected).name(),
                scorer.distanceThreshold());
    }

    private String name(int frame) {
        return scene.frames().get(frame).name();
    }
}
