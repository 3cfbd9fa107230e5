package io.viewal.worker.stage;

import io.viewal.contract.ArtifactRef;
import io.viewal.contract.Fact;
import io.viewal.contract.Metric;
import io.viewal.contract.PrepareParameters;
import io.viewal.contract.RoundRequests;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.artifact.Effort;
import io.viewal.worker.artifact.LabelSet;
import io.viewal.worker.artifact.LabelSet.FrameKey;
import io.viewal.worker.artifact.LabeledRegion;
import io.viewal.worker.artifact.LeftOutCsv;
import io.viewal.worker.dataset.CamerasFile;
import io.viewal.worker.dataset.DatasetManifest;
import io.viewal.worker.dataset.DatasetManifest.FrameRef;
import io.viewal.worker.dataset.DatasetManifest.SceneEntry;
import io.viewal.worker.dataset.LeftOut;
import io.viewal.worker.dataset.Region;
import io.viewal.worker.dataset.SceneFile;
import io.viewal.worker.dataset.Split;
import io.viewal.worker.dataset.inspect.SuperpixelCeiling;
import io.viewal.worker.dataset.prepare.DatasetPreparer;
import io.viewal.worker.npy.NpyFile;
import io.viewal.worker.oracle.AnnotationCost;
import io.viewal.worker.selection.OverlapIndexBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * PREPARE: brings posed RGB-D frames to the form that every other stage reads. Scene n, in name order, belongs to shard n
 * mod shards; the first shard then makes the data set of all of them, and waits for nobody: a scene that another shard has
 * not come to it prepares itself, beginning with the last.
 */
final class PrepareStage implements StageWork {

    @Override
    public Output run(StageContext context) throws IOException {
        PrepareParameters asked = context.parameters(PrepareParameters.class);
        PrepareParameters parameters = resolved(asked);
        DatasetPreparer preparer = new DatasetPreparer(
                DatasetSource.scenes(context, parameters),
                parameters,
                (scene, threshold, target) ->
                        OverlapIndexBuilder.build(scene, threshold).write(target));
        // Too few labels are told of before anything is prepared.
        preparer.requireSeedFrames();
        ScenePreparation scenes = new ScenePreparation(context, preparer, parameters);
        List<String> names = List.copyOf(preparer.splits().keySet());
        prepareOwn(context, preparer, scenes, names);
        long reused = scenes.reused();
        if (context.shard() > 0) {
            return new Output(Map.of(), Map.of(Metric.REUSED_SCENES, (double) reused), Map.of());
        }
        for (String name : names.reversed()) {
            scenes.prepare(name, frames -> context.stopIfAsked());
        }
        SortedMap<String, List<LeftOut>> leftOut = scenes.leftOut();
        DatasetManifest manifest = manifest(preparer, scenes, leftOut);
        LabelSet labels = labels(context, scenes, manifest);
        Map<String, Double> metrics = metrics(manifest, labels, scenes.ceiling());
        metrics.put(Metric.REUSED_SCENES, (double) reused);
        if (!leftOut.isEmpty()) {
            metrics.put(Metric.LEFT_OUT, (double)
                    leftOut.values().stream().mapToInt(List::size).sum());
        }
        Map<String, String> facts = new TreeMap<>(scenes.facts());
        if (asked.source().benchmark() != null) {
            facts.put(Fact.BENCHMARK, asked.source().benchmark().title() + ", " + preparer.size());
        }
        return new Output(publish(context, manifest, labels, leftOut), metrics, facts);
    }

    private static PrepareParameters resolved(PrepareParameters asked) {
        try {
            return asked.resolved();
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(Reason.InvalidRequest, e.getMessage(), e);
        }
    }

    private static Map<String, ArtifactRef> publish(
            StageContext context, DatasetManifest manifest, LabelSet labels, SortedMap<String, List<LeftOut>> leftOut)
            throws IOException {
        Path labelFile = context.output("label-set.zip");
        labels.write(labelFile);
        Map<String, ArtifactRef> artifacts = new TreeMap<>();
        artifacts.put(RoundRequests.DATASET, context.publish(DatasetManifest.FILE, manifest.toBytes()));
        artifacts.put(RoundRequests.LABELS, context.publish("label-set.zip", labelFile));
        if (!leftOut.isEmpty()) {
            artifacts.put(RoundRequests.LEFT_OUT, context.publish("left-out.csv", csv(leftOut)));
        }
        return artifacts;
    }

    private static void prepareOwn(
            StageContext context, DatasetPreparer preparer, ScenePreparation scenes, List<String> names)
            throws IOException {
        List<String> own = IntStream.range(0, names.size())
                .filter(i -> i % context.request().shards() == context.shard())
                .mapToObj(names::get)
                .toList();
        if (!preparer.knowsFrames()) {
            prepareUncounted(context, scenes, own);
            return;
        }
        int total = own.stream().mapToInt(preparer::frames).sum();
        int done = 0;
        for (String name : own) {
            int before = done;
            context.progress(before, total, "frames", "scene " + name);
            scenes.prepare(name, frames -> context.progress(before + frames, total, "frames", "scene " + name));
            done += preparer.frames(name);
        }
    }

    /** Counts scenes, where nobody knows how many frames they have. */
    private static void prepareUncounted(StageContext context, ScenePreparation scenes, List<String> own)
            throws IOException {
        for (int i = 0; i < own.size(); i++) {
            int before = i;
            String scene = "scene " + own.get(i);
            context.progress(before, own.size(), "scenes", scene);
            scenes.prepare(
                    own.get(i), frames -> context.progress(before, own.size(), "scenes", scene + ", frame " + frames));
        }
    }

    private static DatasetManifest manifest(
            DatasetPreparer preparer, ScenePreparation scenes, SortedMap<String, List<LeftOut>> leftOut) {
        List<SceneEntry> entries = preparer.splits().entrySet().stream()
                .filter(scene -> !scenes.isLeftOut(scene.getKey()))
                .map(scene -> new SceneEntry(
                        scene.getKey(),
                        scene.getValue(),
                        scenes.frames(scene.getKey()),
                        scenes.filesFromManifest(scene.getKey())))
                .toList();
        if (entries.stream().noneMatch(scene -> scene.split() == Split.TRAIN)) {
            throw new InvalidInputException(
                    Reason.InvalidDataset,
                    "No scene of the train split can be read; the first of the "
                            + leftOut.size() + " with something left out: "
                            + leftOut.firstEntry().getValue().getFirst().reason());
        }
        return new DatasetManifest(
                DatasetManifest.VERSION,
                preparer.classes(),
                preparer.size().width(),
                preparer.size().height(),
                entries,
                preparer.seedFrames(scenes.labeledFrames()));
    }

    private static byte[] csv(SortedMap<String, List<LeftOut>> leftOut) {
        List<LeftOutCsv.Row> rows = new ArrayList<>();
        leftOut.forEach((scene, frames) ->
                frames.forEach(frame -> rows.add(new LeftOutCsv.Row(scene, frame.frame(), frame.reason()))));
        return LeftOutCsv.write(rows).getBytes(StandardCharsets.UTF_8);
    }

    /** The labels of the seed frames. */
    private static LabelSet labels(StageContext context, ScenePreparation scenes, DatasetManifest manifest)
            throws IOException {
        LabelSet labels = new LabelSet(manifest.size());
        int pixels = manifest.size().pixels();
        for (FrameRef seed : manifest.seedFrames()) {
            Path cameras = context.fetch(scenes.file(seed.scene(), SceneFile.CAMERAS));
            Path truth = context.fetch(scenes.file(seed.scene(), SceneFile.LABELS));
            long frame = CamerasFile.read(Files.readAllBytes(cameras)).index(seed.frame());
            int order = labels.regions().size();
            byte[] map = NpyFile.open(truth).bytes(frame * pixels, pixels);
            BitSet all = Region.WHOLE_FRAME.pixels(new char[pixels], manifest.size());
            Effort effort = AnnotationCost.drawing(map, all, manifest.size());
            labels.add(
                    List.of(new LabeledRegion(
                            seed.scene(), seed.frame(), Region.WHOLE_FRAME, pixels, 0, order, Optional.of(effort))),
                    new FrameKey(seed.scene(), seed.frame()),
                    map);
        }
        return labels;
    }

    private static Map<String, Double> metrics(DatasetManifest manifest, LabelSet labels, SuperpixelCeiling ceiling) {
        double trainPixels = manifest.trainPixels();
        Map<String, Double> metrics = new TreeMap<>();
        metrics.put(Metric.SCENES, (double) manifest.scenes().size());
        metrics.put(Metric.FRAMES, (double)
                manifest.scenes().stream().mapToInt(SceneEntry::frames).sum());
        metrics.put(Metric.CLASSES, (double) manifest.classes().size());
        metrics.put(Metric.TRAIN_PIXELS, trainPixels);
        metrics.put(Metric.LABELED_PIXELS, (double) labels.pixels());
        metrics.put(Metric.LABELED_FRACTION, labels.pixels() / trainPixels);
        metrics.put(Metric.CLICKS, (double) labels.effort().clicks());
        metrics.put(Metric.LABELING_SECONDS, labels.effort().seconds());
        if (!Double.isNaN(ceiling.meanIoU())) {
            metrics.put(Metric.SUPERPIXEL_MIOU, ceiling.meanIoU());
        }
        return metrics;
    }
}
