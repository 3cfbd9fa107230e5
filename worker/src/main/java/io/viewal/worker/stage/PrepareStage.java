package io.viewal.worker.stage;

import io.viewal.contract.ArtifactRef;
import io.viewal.contract.Metric;
import io.viewal.contract.PrepareParameters;
import io.viewal.contract.PrepareParameters.Source;
import io.viewal.contract.RoundRequests;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.artifact.LabelSet;
import io.viewal.worker.artifact.LabelSet.FrameKey;
import io.viewal.worker.artifact.LabeledRegion;
import io.viewal.worker.dataset.DatasetManifest;
import io.viewal.worker.dataset.DatasetManifest.FileEntry;
import io.viewal.worker.dataset.DatasetManifest.FrameRef;
import io.viewal.worker.dataset.DatasetManifest.SceneEntry;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.PreparedScene;
import io.viewal.worker.dataset.Region;
import io.viewal.worker.dataset.SceneFile;
import io.viewal.worker.dataset.SourceScenes;
import io.viewal.worker.dataset.Split;
import io.viewal.worker.dataset.inspect.SuperpixelCeiling;
import io.viewal.worker.dataset.interchange.DirectorySceneSource;
import io.viewal.worker.dataset.interchange.TransformsScenes;
import io.viewal.worker.dataset.prepare.DatasetPreparer;
import io.viewal.worker.dataset.synthetic.SyntheticScenes;
import io.viewal.worker.selection.OverlapIndexBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** PREPARE: brings posed RGB-D frames to the form that every other stage reads, one scene after the other. */
final class PrepareStage implements StageWork {

    @Override
    public Output run(StageContext context) throws IOException {
        PrepareParameters parameters = context.parameters(PrepareParameters.class);
        DatasetPreparer preparer = new DatasetPreparer(
                source(context, parameters.source()),
                parameters,
                (scene, threshold, target) ->
                        OverlapIndexBuilder.build(scene, threshold).write(target));
        ImageSize size = new ImageSize(parameters.width(), parameters.height());
        List<FrameRef> seedFrames = preparer.seedFrames();
        LabelSet labels = new LabelSet(size);
        Preflight preflight = new Preflight(parameters);
        SuperpixelCeiling ceiling = new SuperpixelCeiling();
        List<SceneEntry> scenes = new ArrayList<>();
        int total =
                preparer.splits().keySet().stream().mapToInt(preparer::frames).sum();
        int done = 0;
        for (Map.Entry<String, Split> scene : preparer.splits().entrySet()) {
            String name = scene.getKey();
            int before = done;
            context.progress(before, total, "frames", "scene " + name);
            Path folder = context.output("scenes/" + name);
            PreparedScene prepared =
                    preparer.prepare(name, folder, n -> context.progress(before + n, total, "frames", "scene " + name));
            preflight.check(prepared);
            label(prepared, seedFrames, labels);
            add(prepared, ceiling);
            scenes.add(new SceneEntry(name, scene.getValue(), preparer.frames(name), publish(context, prepared)));
            done += preparer.frames(name);
        }
        DatasetManifest manifest = new DatasetManifest(
                DatasetManifest.VERSION, preparer.classes(), size.width(), size.height(), scenes, seedFrames);
        Path labelFile = context.output("label-set.zip");
        labels.write(labelFile);
        Map<String, ArtifactRef> artifacts = new TreeMap<>();
        artifacts.put(RoundRequests.DATASET, context.publish(DatasetManifest.FILE, manifest.toBytes()));
        artifacts.put(RoundRequests.LABELS, context.publish("label-set.zip", labelFile));
        return new Output(artifacts, metrics(manifest, labels, ceiling), preflight.facts());
    }

    private static SourceScenes source(StageContext context, Source source) {
        if (source == null || (source.uri() == null) == (source.synthetic() == null)) {
            throw new InvalidInputException(
                    Reason.InvalidRequest, "The data set's source must have either 'uri' or 'synthetic'");
        }
        if (source.synthetic() != null) {
            return new SyntheticScenes(source.synthetic());
        }
        if (source.uri().startsWith("dir:")) {
            return new TransformsScenes(
                    new DirectorySceneSource(Path.of(source.uri().substring("dir:".length()))));
        }
        URI uri = URI.create(source.uri());
        String bucket = context.request().store().bucket();
        if (!"s3".equals(uri.getScheme()) || !bucket.equals(uri.getHost())) {
            throw new InvalidInputException(
                    Reason.InvalidRequest,
                    "The data set's source is '" + source.uri() + "': expected s3://" + bucket
                            + "/<prefix> in the class's own bucket, or dir:<path>");
        }
        String prefix = uri.getPath().replaceAll("^/+|/+$", "");
        return new TransformsScenes(new StoreSceneSource(context.store(), prefix, source.uri()));
    }

    private static void label(PreparedScene scene, List<FrameRef> seedFrames, LabelSet labels) {
        for (FrameRef frame : seedFrames) {
            if (frame.scene().equals(scene.name())) {
                FrameKey key = new FrameKey(frame.scene(), frame.frame());
                LabeledRegion region = new LabeledRegion(
                        frame.scene(),
                        frame.frame(),
                        Region.WHOLE_FRAME,
                        scene.size().pixels(),
                        0,
                        seedFrames.indexOf(frame));
                labels.add(List.of(region), key, scene.labels(SceneFrames.index(scene, frame.frame())));
            }
        }
    }

    private static Map<String, FileEntry> publish(StageContext context, PreparedScene scene) throws IOException {
        Map<String, FileEntry> files = new TreeMap<>();
        for (SceneFile file : SceneFile.values()) {
            Path path = scene.path(file);
            if (Files.exists(path)) {
                files.put(file.key(), context.publishEntry("scenes/" + scene.name() + "/" + file.fileName(), path));
                Files.delete(path);
            }
        }
        return files;
    }

    private static void add(PreparedScene scene, SuperpixelCeiling ceiling) {
        if (scene.hasLabels()) {
            for (int frame = 0; frame < scene.frames().size(); frame++) {
                ceiling.add(scene.labels(frame), scene.superpixels(frame));
            }
        }
    }

    private static Map<String, Double> metrics(DatasetManifest manifest, LabelSet labels, SuperpixelCeiling ceiling) {
        double trainPixels =
                (double) manifest.frames(Split.TRAIN) * manifest.size().pixels();
        Map<String, Double> metrics = new TreeMap<>();
        metrics.put(Metric.SCENES, (double) manifest.scenes().size());
        metrics.put(Metric.FRAMES, (double)
                manifest.scenes().stream().mapToInt(SceneEntry::frames).sum());
        metrics.put(Metric.CLASSES, (double) manifest.classes().size());
        metrics.put(Metric.TRAIN_PIXELS, trainPixels);
        metrics.put(Metric.LABELED_PIXELS, (double) labels.pixels());
        metrics.put(Metric.LABELED_FRACTION, labels.pixels() / trainPixels);
        if (!Double.isNaN(ceiling.meanIoU())) {
            metrics.put(Metric.SUPERPIXEL_MIOU, ceiling.meanIoU());
        }
        return metrics;
    }
}
