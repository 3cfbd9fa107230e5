package io.viewal.bench;

import io.viewal.contract.PrepareParameters;
import io.viewal.worker.dataset.SourceFrame;
import io.viewal.worker.dataset.SourceScene;
import io.viewal.worker.dataset.SourceScenes;
import io.viewal.worker.dataset.importer.ImportPolicy;
import io.viewal.worker.dataset.importer.ImportRun;
import io.viewal.worker.dataset.importer.scannet.ScanNetFramesImporter;
import io.viewal.worker.dataset.importer.source.SourceOptions;
import io.viewal.worker.dataset.inspect.SuperpixelCeiling;
import io.viewal.worker.dataset.interchange.DirectorySceneSource;
import io.viewal.worker.dataset.interchange.TransformsScenes;
import io.viewal.worker.dataset.superpixel.SeedsSuperpixels;
import io.viewal.worker.dataset.synthetic.SyntheticScenes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * SEEDS superpixels of a frame on one thread, from its colours to the map of ids, by the number of iterations: how long they
 * take, and how well they fit the labels.
 */
public final class Superpixels {

    private static final int COUNT = 40;
    private static final int ROUNDS = 7;

    private Superpixels() {}

    /** @param arguments folder of the data, scratch folder, numbers of iterations */
    public static void main(String[] arguments) throws IOException {
        Path sample = Path.of(arguments[0]).resolve("scannet-sample");
        boolean real = Files.isDirectory(sample);
        List<SourceFrame> frames = frames(real ? imported(sample, Path.of(arguments[1])) : room());
        Timing.print(
                "data: %d frames of %s; %s; %s",
                frames.size(), real ? "the real ScanNet sample" : "a synthetic room", BenchScene.SIZE, Timing.load());
        Timing.print(
                "%10s %12s %12s %12s %12s %14s %16s",
                "iterations",
                "superpixels",
                "median ms",
                "least ms",
                "processor ms",
                "ceiling mIoU",
                "boundary recall");
        for (int i = 2; i < arguments.length; i++) {
            measure(frames, new SeedsSuperpixels(BenchScene.SIZE, COUNT, Integer.parseInt(arguments[i])), arguments[i]);
        }
    }

    private static SourceScenes imported(Path sample, Path scratch) throws IOException {
        Path folder = scratch.resolve("imported");
        new ImportRun(ImportPolicy.STRICT, scene -> {})
                .run(new ScanNetFramesImporter().scenes(sample, SourceOptions.NONE), folder);
        return new TransformsScenes(new DirectorySceneSource(folder));
    }

    private static SourceScenes room() {
        return new SyntheticScenes(new PrepareParameters.Synthetic(1, 37, 1));
    }

    private static List<SourceFrame> frames(SourceScenes scenes) throws IOException {
        List<SourceFrame> frames = new ArrayList<>();
        for (String name : scenes.names()) {
            SourceScene scene =
                    scenes.open(name, BenchScene.SIZE, scenes.classes().size());
            for (int frame = 0; frame < scene.frameNames().size(); frame++) {
                frames.add(scene.read(frame));
            }
        }
        return frames;
    }

    private static void measure(List<SourceFrame> frames, SeedsSuperpixels seeds, String iterations)
            throws IOException {
        List<Double> millis = new ArrayList<>();
        List<Double> processor = new ArrayList<>();
        SuperpixelCeiling ceiling = new SuperpixelCeiling();
        BoundaryRecall recall = new BoundaryRecall(BenchScene.SIZE);
        for (int round = 0; round < ROUNDS; round++) {
            for (SourceFrame frame : frames) {
                long before = Timing.threadNanos();
                double seconds = Timing.seconds(() -> seeds.compute(frame.color()));
                if (round > 0) {
                    millis.add(seconds * 1e3);
                    processor.add((Timing.threadNanos() - before) / 1e6);
                }
            }
        }
        for (SourceFrame frame : frames) {
            char[] regions = seeds.compute(frame.color());
            ceiling.add(frame.labels(), regions);
            recall.add(frame.labels(), regions);
        }
        Timing.print(
                "%10s %12d %12.2f %12.2f %12.2f %13.2f%% %15.2f%%",
                iterations,
                seeds.count(),
                Timing.median(millis),
                millis.stream().min(Double::compare).orElseThrow(),
                Timing.median(processor),
                100 * ceiling.meanIoU(),
                100 * recall.share());
    }
}
