package io.viewal.worker.stage;

import io.viewal.contract.ArtifactRef;
import io.viewal.contract.RoundRequests;
import io.viewal.worker.artifact.AnsweredRegion;
import io.viewal.worker.artifact.HistoryCsv;
import io.viewal.worker.artifact.LabelSet;
import io.viewal.worker.artifact.LabelSet.FrameKey;
import io.viewal.worker.artifact.LabelSource;
import io.viewal.worker.artifact.MetricsJson;
import io.viewal.worker.artifact.ScoresIndex;
import io.viewal.worker.artifact.SelectionCsv;
import io.viewal.worker.dataset.DatasetManifest;
import io.viewal.worker.dataset.PreparedScene;
import io.viewal.worker.dataset.Split;
import io.viewal.worker.page.PageFrame;
import io.viewal.worker.page.PageHtml;
import io.viewal.worker.propagation.LabelPropagation.Tally;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Gathers what the round's page shows. */
final class RoundPage {

    private final StageContext context;
    private final PreparedDataset dataset;
    private final LabelSet labels;
    private final Tally propagated;
    private final RegionLabeling.Outcome outcome;
    private final List<SelectionCsv.Row> selection;
    private final int frames;
    private final SceneScores scores;

    /**
     * @param scores of the round
     * @param labels after the round
     * @param propagated what was carried into other views
     * @param outcome of the oracle's answers
     * @param frames how many of the chosen frames to show
     */
    RoundPage(
            StageContext context,
            PreparedDataset dataset,
            SceneScores scores,
            LabelSet labels,
            Tally propagated,
            RegionLabeling.Outcome outcome,
            int frames) {
        this.context = context;
        this.dataset = dataset;
        this.labels = labels;
        this.propagated = propagated;
        this.outcome = outcome;
        this.selection = outcome.asked();
        this.frames = frames;
        this.scores = scores;
    }

    /** The page as a file's content. */
    byte[] html() throws IOException {
        DatasetManifest manifest = dataset.manifest();
        List<HistoryCsv.Row> history = HistoryCsv.read(
                new String(context.store().fetch(context.input(RoundRequests.HISTORY)), StandardCharsets.UTF_8));
        Optional<MetricsJson.Content> metrics = metrics();
        return PageHtml.write(new PageHtml.Content(
                "Round " + labels.round(),
                scores.strategy(),
                figures(manifest, history, metrics),
                manifest.classes(),
                manifest.size(),
                history,
                metrics.map(m -> confusions(m, manifest.classes().size())).orElse(Map.of()),
                shown(),
                selection));
    }

    private Optional<MetricsJson.Content> metrics() {
        ArtifactRef ref = context.request().inputs().get(RoundRequests.METRICS);
        return ref == null ? Optional.empty() : MetricsJson.read(context.store().fetch(ref));
    }

    private static Map<String, long[][]> confusions(MetricsJson.Content metrics, int classes) {
        Map<String, long[][]> confusions = new LinkedHashMap<>();
        confusions.put("Validation split", metrics.validationConfusion());
        confusions.put("Test split", metrics.testConfusion());
        // A trainer of one's own may write none; a split without labels has nothing to show.
        confusions
                .values()
                .removeIf(rows -> rows == null
                        || rows.length != classes
                        || Arrays.stream(rows).flatMapToLong(Arrays::stream).sum() == 0
                        || Arrays.stream(rows).anyMatch(row -> row.length != classes));
        return confusions;
    }

    private Map<String, String> figures(
            DatasetManifest manifest, List<HistoryCsv.Row> history, Optional<MetricsJson.Content> metrics) {
        double trainPixels = manifest.trainPixels();
        long chosen = selection.stream().mapToLong(SelectionCsv.Row::pixels).sum();
        double best = history.stream()
                .mapToDouble(HistoryCsv.Row::validationMeanIoU)
                .filter(v -> !Double.isNaN(v))
                .max()
                .orElse(Double.NaN);
        Map<String, String> figures = new LinkedHashMap<>();
        figures.put("Validation mIoU", Double.isNaN(best) ? "–" : percent(best));
        metrics.map(MetricsJson.Content::start).ifPresent(start -> figures.put("Training began with", start));
        metrics.filter(MetricsJson.Content::stoppedEarly)
                .ifPresent(m -> figures.put(
                        "Training stopped early",
                        "after epoch %d of %d, best %d".formatted(m.epochsDone(), m.epochs(), m.bestEpoch())));
        figures.put("Labeled so far", percent(labels.pixels() / trainPixels));
        if (propagated.pixels() > 0) {
            figures.put("Carried into other views", percent(propagated.pixels() / trainPixels));
        }
        if (propagated.judged() > 0) {
            figures.put("Of them right", percent(propagated.precision()));
        }
        figures.put("Clicks so far", Long.toString(labels.effort().clicks()));
        figures.put("Labeling time so far", hours(labels.effort().seconds()));
        List<AnsweredRegion> byPeople = labels.answers().stream()
                .filter(answer -> answer.round() == labels.round())
                .toList();
        if (!byPeople.isEmpty()) {
            long people =
                    byPeople.stream().map(AnsweredRegion::annotator).distinct().count();
            figures.put("Answered by", people == 1 ? "1 annotator" : people + " annotators");
            figures.put("Seconds a region, median", median(byPeople));
        }
        figures.put("Chosen in this round", percent(chosen / trainPixels));
        figures.put("Regions chosen", Integer.toString(selection.size()));
        if (!outcome.skipped().isEmpty()) {
            figures.put(
                    byPeople.isEmpty() ? "Of them void, back in the pool" : "Of them skipped, back in the pool",
                    Integer.toString(outcome.skipped().size()));
        }
        if (!outcome.returned().isEmpty()) {
            figures.put(
                    byPeople.isEmpty() ? "Chosen, but the clicks were spent" : "Chosen, but not answered",
                    Integer.toString(outcome.returned().size()));
        }
        figures.put(
                "Frames touched",
                Long.toString(selection.stream()
                        .map(row -> new FrameKey(row.scene(), row.frame()))
                        .distinct()
                        .count()));
        figures.put(
                "Train frames",
                manifest.frames(Split.TRAIN) + " in "
                        + manifest.scenes(Split.TRAIN).size()
                        + (manifest.scenes(Split.TRAIN).size() == 1 ? " scene" : " scenes"));
        return figures;
    }

    private static String median(List<AnsweredRegion> answers) {
        double[] seconds =
                answers.stream().mapToDouble(a -> a.effort().seconds()).sorted().toArray();
        return String.format(Locale.ROOT, "%.1f s", seconds[seconds.length / 2]);
    }

    private static String hours(double seconds) {
        return String.format(Locale.ROOT, "%.2f h", seconds / 3600);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }

    /** The frames with the most chosen pixels. */
    private List<PageFrame> shown() throws IOException {
        Map<FrameKey, List<SelectionCsv.Row>> byFrame = new TreeMap<>();
        for (SelectionCsv.Row row : selection) {
            byFrame.computeIfAbsent(new FrameKey(row.scene(), row.frame()), k -> new ArrayList<>())
                    .add(row);
        }
        List<FrameKey> keys = byFrame.keySet().stream()
                .sorted(Comparator.comparingLong((FrameKey k) -> -byFrame.get(k).stream()
                        .mapToLong(SelectionCsv.Row::pixels)
                        .sum()))
                .limit(frames)
                .toList();
        List<PageFrame> shown = new ArrayList<>();
        for (FrameKey key : keys) {
            shown.add(frame(key, byFrame.get(key)));
        }
        return shown;
    }

    private PageFrame frame(FrameKey key, List<SelectionCsv.Row> regions) throws IOException {
        PreparedScene scene = dataset.scene(dataset.manifest().scene(key.scene()));
        int index = SceneFrames.index(scene, key.frame());
        int pixels = scene.size().pixels();
        long first = (long) index * pixels;
        return new PageFrame(
                key.scene(),
                key.frame(),
                scene.color(index),
                scores.map(key.scene(), ScoresIndex.PREDICTION).bytes(first, pixels),
                scores.map(key.scene(), ScoresIndex.VIEW_ENTROPY).floats(first, pixels),
                scores.map(key.scene(), ScoresIndex.VIEW_DIVERGENCE).floats(first, pixels),
                scene.superpixels(index),
                labels.labels(key),
                labels.labels(LabelSource.PROPAGATED, key),
                regions);
    }
}
