package io.viewal.worker.stage;

import io.viewal.contract.ArtifactRef;
import io.viewal.contract.LabelParameters;
import io.viewal.contract.Metric;
import io.viewal.contract.RoundRequests;
import io.viewal.worker.artifact.LabelSet;
import io.viewal.worker.artifact.LabelSet.FrameKey;
import io.viewal.worker.artifact.LabelSource;
import io.viewal.worker.artifact.LabeledRegion;
import io.viewal.worker.artifact.ScoresIndex;
import io.viewal.worker.artifact.SelectionCsv;
import io.viewal.worker.dataset.BackgroundClasses;
import io.viewal.worker.dataset.DatasetManifest;
import io.viewal.worker.dataset.DatasetManifest.SceneEntry;
import io.viewal.worker.dataset.PreparedScene;
import io.viewal.worker.dataset.Split;
import io.viewal.worker.dataset.VoidLabel;
import io.viewal.worker.npy.NpyFile;
import io.viewal.worker.oracle.GroundTruth;
import io.viewal.worker.propagation.LabelPropagation;
import io.viewal.worker.propagation.LabelPropagation.Tally;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** LABEL: the oracle labels the chosen regions; the label set grows, and the round's page is written. */
final class LabelStage implements StageWork {

    @Override
    public Output run(StageContext context) throws IOException {
        LabelParameters parameters = context.parameters(LabelParameters.class);
        PreparedDataset dataset = PreparedDataset.open(context);
        DatasetManifest manifest = dataset.manifest();
        LabelSet labels = LabelSet.read(context.fetch(context.input(RoundRequests.LABELS)), manifest.size());
        List<SelectionCsv.Row> selection = SelectionCsv.read(
                new String(context.store().fetch(context.input(RoundRequests.SELECTION)), StandardCharsets.UTF_8));
        EarlierEffort.complete(labels, dataset);
        BitSet background = BackgroundClasses.of(manifest.classes());
        Set<FrameKey> frames = selection.stream()
                .map(row -> new FrameKey(row.scene(), row.frame()))
                .collect(Collectors.toSet());
        ForegroundCount before = ForegroundCount.of(labels, frames, background);
        Optional<AnsweredSelection> answered = parameters.oracle() == LabelParameters.Oracle.Annotators
                ? Optional.of(AnsweredSelection.read(context, dataset, selection))
                : Optional.empty();
        RegionLabeling.Outcome outcome = answered.isPresent()
                ? ask(context, dataset, labels, answered.get())
                : new RegionLabeling(context, dataset, labels, new GroundTruth(parameters.answer()))
                        .label(selection, clicks(parameters));
        ForegroundCount ofRound = ForegroundCount.of(labels, frames, background).since(before);
        SceneScores scores = SceneScores.open(context);
        pseudoLabel(dataset, scores, labels);
        Tally propagated = propagate(context, dataset, labels, parameters.propagation());
        Path file = context.output("label-set.zip");
        labels.write(file);
        Map<String, ArtifactRef> artifacts = new TreeMap<>();
        artifacts.put(RoundRequests.LABELS, context.publish("label-set.zip", file));
        byte[] page =
                new RoundPage(context, dataset, scores, labels, propagated, outcome, parameters.pageFrames()).html();
        artifacts.put(RoundRequests.PAGE, context.publish("round.html", page));
        Map<String, Double> metrics = metrics(manifest, labels, outcome);
        answered.map(AnsweredSelection::answers).ifPresent(answers -> {
            metrics.put(Metric.ANNOTATORS, (double) answers.annotators());
            metrics.put(Metric.ANSWER_SECONDS, answers.effort().seconds());
        });
        if (!background.isEmpty() && ofRound.labeled() > 0) {
            metrics.put(Metric.ROUND_FOREGROUND, (double) ofRound.foreground() / ofRound.labeled());
        }
        if (propagated.pixels() > 0) {
            metrics.put(Metric.PROPAGATED_PIXELS, (double) propagated.pixels());
        }
        if (propagated.judged() > 0) {
            metrics.put(Metric.PROPAGATED_PRECISION, propagated.precision());
        }
        return new Output(artifacts, metrics, Map.of());
    }

    private static RegionLabeling.Outcome ask(
            StageContext context, PreparedDataset dataset, LabelSet labels, AnsweredSelection answered)
            throws IOException {
        answered.note(labels, labels.round() + 1);
        return new RegionLabeling(
                        context,
                        dataset,
                        labels,
                        answered.oracle(dataset.manifest().classes()))
                .label(answered.answered(), answered.open());
    }

    private static OptionalDouble clicks(LabelParameters parameters) {
        return parameters.clicks() == null ? OptionalDouble.empty() : OptionalDouble.of(parameters.clicks());
    }

    /** Replaces the last round's propagated labels. */
    private static Tally propagate(
            StageContext context, PreparedDataset dataset, LabelSet labels, LabelParameters.Propagation propagation)
            throws IOException {
        labels.clear(LabelSource.PROPAGATED);
        Tally tally = Tally.NONE;
        if (propagation == null) {
            return tally;
        }
        int classes = dataset.manifest().classes().size();
        Set<String> labeled = labels.frames().stream().map(FrameKey::scene).collect(Collectors.toSet());
        List<SceneEntry> scenes = dataset.manifest().scenes(Split.TRAIN).stream()
                .filter(scene -> labeled.contains(scene.name()))
                .toList();
        for (int i = 0; i < scenes.size(); i++) {
            context.progress(i, scenes.size(), "scenes", "propagating labels");
            PreparedScene scene = dataset.scene(scenes.get(i));
            tally = tally.plus(new LabelPropagation(scene, classes, propagation.distanceThreshold()).into(labels));
        }
        return tally;
    }

    /** Replaces the last round's pseudo-labels by those of the pixels that the oracle was not asked about. */
    private static void pseudoLabel(PreparedDataset dataset, SceneScores scores, LabelSet labels) throws IOException {
        labels.clear(LabelSource.PSEUDO);
        for (String name : scores.scenes()) {
            if (scores.has(name, ScoresIndex.PSEUDO_LABELS)) {
                NpyFile maps = scores.map(name, ScoresIndex.PSEUDO_LABELS);
                PreparedScene scene = dataset.scene(dataset.manifest().scene(name));
                List<String> frames = scores.frames(name);
                int pixels = labels.size().pixels();
                for (int frame = 0; frame < frames.size(); frame++) {
                    FrameKey key = new FrameKey(name, frames.get(frame));
                    byte[] map = maps.bytes((long) frame * pixels, pixels);
                    if (!labels.regions(key).isEmpty()) {
                        char[] superpixels = scene.superpixels(SceneFrames.index(scene, key.frame()));
                        labels.labeledPixels(key, superpixels).stream()
                                .forEach(pixel -> map[pixel] = (byte) VoidLabel.ID);
                    }
                    labels.set(LabelSource.PSEUDO, key, map);
                }
            }
        }
    }

    private static Map<String, Double> metrics(
            DatasetManifest manifest, LabelSet labels, RegionLabeling.Outcome outcome) {
        double trainPixels = manifest.trainPixels();
        List<LabeledRegion> ofRound = labels.regions().stream()
                .filter(region -> region.round() == labels.round())
                .toList();
        Map<String, Double> metrics = new TreeMap<>();
        metrics.put(Metric.LABELED_PIXELS, (double) labels.pixels());
        metrics.put(Metric.LABELED_FRACTION, labels.pixels() / trainPixels);
        metrics.put(Metric.CLICKS, (double) labels.effort().clicks());
        metrics.put(Metric.LABELING_SECONDS, labels.effort().seconds());
        metrics.put(
                Metric.ROUND_CLICKS,
                ofRound.stream()
                        .mapToDouble(region -> region.effort().orElseThrow().clicks())
                        .sum());
        metrics.put(Metric.REGIONS, (double) outcome.labeled().size());
        metrics.put(Metric.SKIPPED_REGIONS, (double) outcome.skipped().size());
        metrics.put(Metric.RETURNED_REGIONS, (double) outcome.returned().size());
        metrics.put(
                Metric.ROUND_PIXELS,
                ofRound.stream().mapToDouble(LabeledRegion::pixels).sum());
        return metrics;
    }
}
