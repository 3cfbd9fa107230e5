package io.viewal.worker.stage;

import io.viewal.contract.ArtifactRef;
import io.viewal.contract.LabelParameters;
import io.viewal.contract.Metric;
import io.viewal.contract.RoundRequests;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.artifact.LabelSet;
import io.viewal.worker.artifact.LabelSet.FrameKey;
import io.viewal.worker.artifact.LabelSource;
import io.viewal.worker.artifact.LabeledRegion;
import io.viewal.worker.artifact.ScoresIndex;
import io.viewal.worker.artifact.SelectionCsv;
import io.viewal.worker.dataset.DatasetManifest;
import io.viewal.worker.dataset.DatasetManifest.SceneEntry;
import io.viewal.worker.dataset.PreparedScene;
import io.viewal.worker.dataset.Split;
import io.viewal.worker.dataset.VoidLabel;
import io.viewal.worker.npy.NpyFile;
import io.viewal.worker.propagation.LabelPropagation;
import io.viewal.worker.propagation.LabelPropagation.Tally;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/** LABEL: the oracle labels the chosen regions; the label set grows, and the round's page is written. */
final class LabelStage implements StageWork {

    private static final Logger LOG = Logger.getLogger(LabelStage.class.getName());

    @Override
    public Output run(StageContext context) throws IOException {
        LabelParameters parameters = context.parameters(LabelParameters.class);
        PreparedDataset dataset = PreparedDataset.open(context);
        DatasetManifest manifest = dataset.manifest();
        LabelSet labels = LabelSet.read(context.fetch(context.input(RoundRequests.LABELS)), manifest.size());
        List<SelectionCsv.Row> selection = SelectionCsv.read(
                new String(context.store().fetch(context.input(RoundRequests.SELECTION)), StandardCharsets.UTF_8));
        label(context, dataset, labels, selection);
        SceneScores scores = SceneScores.open(context);
        pseudoLabel(dataset, scores, labels);
        Tally propagated = propagate(context, dataset, labels, parameters.propagation());
        Path file = context.output("label-set.zip");
        labels.write(file);
        Map<String, ArtifactRef> artifacts = new TreeMap<>();
        artifacts.put(RoundRequests.LABELS, context.publish("label-set.zip", file));
        byte[] page =
                new RoundPage(context, dataset, scores, labels, propagated, selection, parameters.pageFrames()).html();
        artifacts.put(RoundRequests.PAGE, context.publish("round.html", page));
        Map<String, Double> metrics = metrics(manifest, labels, selection);
        if (propagated.pixels() > 0) {
            metrics.put(Metric.PROPAGATED_PIXELS, (double) propagated.pixels());
        }
        if (propagated.judged() > 0) {
            metrics.put(Metric.PROPAGATED_PRECISION, propagated.precision());
        }
        return new Output(artifacts, metrics, Map.of());
    }

    private static void label(
            StageContext context, PreparedDataset dataset, LabelSet labels, List<SelectionCsv.Row> selection)
            throws IOException {
        Map<FrameKey, List<SelectionCsv.Row>> byFrame = new TreeMap<>();
        for (SelectionCsv.Row row : selection) {
            byFrame.computeIfAbsent(new FrameKey(row.scene(), row.frame()), f -> new ArrayList<>())
                    .add(row);
        }
        int round = labels.round() + 1;
        int classes = dataset.manifest().classes().size();
        int done = 0;
        boolean known = false;
        for (Map.Entry<FrameKey, List<SelectionCsv.Row>> frame : byFrame.entrySet()) {
            context.progress(done++, byFrame.size(), "frames", "labeling");
            PreparedScene scene =
                    dataset.scene(dataset.manifest().scene(frame.getKey().scene()));
            int index = SceneFrames.index(scene, frame.getKey().frame());
            byte[] truth = requireClasses(scene.labels(index), classes, frame.getKey());
            if (VoidLabel.fills(truth)) {
                LOG.warning("Frame '" + frame.getKey().frame() + "' of scene '"
                        + frame.getKey().scene() + "' has no ground truth: what was chosen of it stays void");
            } else {
                known = true;
            }
            byte[] map = labels.labels(frame.getKey());
            char[] superpixels = scene.superpixels(index);
            BitSet labeled = labels.labeledPixels(frame.getKey(), superpixels);
            List<LabeledRegion> regions = new ArrayList<>();
            for (SelectionCsv.Row row : frame.getValue()) {
                BitSet pixels =
                        row.region().pixels(superpixels, dataset.manifest().size());
                // Regions of two kinds may share pixels: nobody is asked twice about one.
                pixels.andNot(labeled);
                labeled.or(pixels);
                pixels.stream().forEach(pixel -> map[pixel] = truth[pixel]);
                regions.add(new LabeledRegion(
                        row.scene(), row.frame(), row.region(), pixels.cardinality(), round, row.rank()));
            }
            labels.add(regions, frame.getKey(), map);
        }
        if (!known && !byFrame.isEmpty()) {
            throw new InvalidInputException(
                    Reason.InvalidLabels,
                    "None of the " + byFrame.size() + " frames that regions were chosen of has ground truth, which the "
                            + "oracle GroundTruth labels by: give all frames of the split train label maps, not those of "
                            + "the seed set alone");
        }
        context.report(done, done, "frames", "labeled");
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

    private static byte[] requireClasses(byte[] truth, int classes, FrameKey frame) {
        for (byte label : truth) {
            int id = label & 0xff;
            if (id >= classes && id != VoidLabel.ID) {
                throw new InvalidInputException(
                        Reason.InvalidLabels,
                        "Frame '" + frame.frame() + "' of scene '" + frame.scene() + "' has the label " + id
                                + ": expected 0 to " + (classes - 1) + ", or 255 for void; correct the labels or the "
                                + "class list");
            }
        }
        return truth;
    }

    private static Map<String, Double> metrics(
            DatasetManifest manifest, LabelSet labels, List<SelectionCsv.Row> selection) {
        double trainPixels =
                (double) manifest.frames(Split.TRAIN) * manifest.size().pixels();
        Map<String, Double> metrics = new TreeMap<>();
        metrics.put(Metric.LABELED_PIXELS, (double) labels.pixels());
        metrics.put(Metric.LABELED_FRACTION, labels.pixels() / trainPixels);
        metrics.put(Metric.CLICKS, (double) labels.regions().size());
        metrics.put(Metric.REGIONS, (double) selection.size());
        metrics.put(
                Metric.ROUND_PIXELS,
                labels.regions().stream()
                        .filter(region -> region.round() == labels.round())
                        .mapToDouble(LabeledRegion::pixels)
                        .sum());
        return metrics;
    }
}
