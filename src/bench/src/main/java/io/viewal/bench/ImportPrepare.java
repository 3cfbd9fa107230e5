package io.viewal.bench;

import io.viewal.contract.PrepareParameters;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.PreparedScene;
import io.viewal.worker.dataset.SourceFrame;
import io.viewal.worker.dataset.SourceScene;
import io.viewal.worker.dataset.importer.ImportPolicy;
import io.viewal.worker.dataset.importer.ImportRun;
import io.viewal.worker.dataset.importer.scannet.SensImporter;
import io.viewal.worker.dataset.importer.scannet.SensWriter;
import io.viewal.worker.dataset.importer.source.SourceOptions;
import io.viewal.worker.dataset.interchange.DirectorySceneSource;
import io.viewal.worker.dataset.interchange.TransformsScenes;
import io.viewal.worker.dataset.prepare.DatasetPreparer;
import io.viewal.worker.dataset.superpixel.SeedsSuperpixels;
import io.viewal.worker.dataset.synthetic.SyntheticScenes;
import io.viewal.worker.selection.OverlapIndexBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A data set from {@code .sens} streams with label maps to prepared scenes: frames a second of import, of preparation and
 * of both, and the limits of the steps within. One row a run, so that each size has a process of its own and peak memory
 * can be compared.
 */
public final class ImportPrepare {

    private static final ImageSize SIZE = BenchScene.SIZE;
    private static final int FRAMES_A_SCENE = 50;
    private static final double OVERLAP_METRES = 0.1;
    private static final PrepareParameters.Superpixels DEFAULTS = new PrepareParameters.Superpixels(0, 0);

    private final Path scans;
    private final Path imported;
    private final Path prepared;
    private final int scenes;

    private ImportPrepare(Path scratch, int scenes) {
        this.scans = scratch.resolve("scans");
        this.imported = scratch.resolve("imported");
        this.prepared = scratch.resolve("prepared");
        this.scenes = scenes;
    }

    /** @param arguments {@code write|measure}, scratch folder, scenes */
    public static void main(String[] arguments) throws IOException {
        ImportPrepare bench = new ImportPrepare(Path.of(arguments[1]), Integer.parseInt(arguments[2]));
        if (arguments[0].equals("write")) {
            bench.write();
        } else {
            bench.measure();
        }
    }

    /** Writes the streams: colour 640 × 480 as JPEG, depth 320 × 240. Streams beyond the first are copies of it. */
    private void write() throws IOException {
        SyntheticScenes rooms = new SyntheticScenes(new PrepareParameters.Synthetic(1, FRAMES_A_SCENE, 1));
        SourceScene room =
                rooms.open(rooms.names().getFirst(), SIZE, rooms.classes().size());
        List<SourceFrame> frames = new ArrayList<>();
        for (int i = 0; i < FRAMES_A_SCENE; i++) {
            frames.add(room.read(i));
        }
        byte[] stream = new SensWriter(frames, SIZE).bytes();
        for (int i = 0; i < scenes; i++) {
            String name = "scene%04d_00".formatted(i);
            Path scan = Files.createDirectories(scans.resolve(name));
            Files.write(scan.resolve(name + ".sens"), stream);
            SensWriter.labelArchive(scan.resolve(name + "_2d-label-filt.zip"), frames, SIZE);
        }
        Files.writeString(scans.resolve("scannetv2-labels.combined.tsv"), SensWriter.table());
    }

    private void measure() throws IOException {
        int frames = scenes * FRAMES_A_SCENE;
        try (PeakMemory memory = new PeakMemory()) {
            double begun = Timing.processorSeconds();
            double importing = Timing.seconds(() -> new ImportRun(ImportPolicy.STRICT, scene -> {})
                    .run(new SensImporter().scenes(scans, SourceOptions.NONE), imported));
            double between = Timing.processorSeconds();
            List<PreparedScene> done = new ArrayList<>();
            double preparing = Timing.seconds(() -> done.addAll(prepare()));
            double finished = Timing.processorSeconds();
            Timing.print(
                    "%7d %9.1f %10.1f %8.1f %14.2f %15.2f %10.2f %9.2f %11.2f %9.0f   (%s)",
                    frames,
                    frames / importing,
                    frames / preparing,
                    frames / (importing + preparing),
                    (between - begun) / frames * 1e3,
                    (finished - between) / frames * 1e3,
                    read() * 1e3,
                    superpixels() * 1e3,
                    overlap(done.getFirst()) * 1e3,
                    memory.peak() / 1048576.0,
                    Timing.load());
        }
    }

    private List<PreparedScene> prepare() throws IOException {
        PrepareParameters parameters = new PrepareParameters(
                new PrepareParameters.Source("dir:" + imported, null, null, null),
                null,
                null,
                0,
                0,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        DatasetPreparer preparer = new DatasetPreparer(
                new TransformsScenes(new DirectorySceneSource(imported)),
                parameters,
                (scene, metres, target) ->
                        OverlapIndexBuilder.build(scene, metres).write(target));
        List<PreparedScene> done = new ArrayList<>();
        for (String scene : preparer.splits().keySet()) {
            done.add(preparer.prepare(scene, prepared.resolve(scene), frame -> {})
                    .scene());
        }
        return done;
    }

    /** Seconds that one thread takes to decode an imported frame and bring it to size. */
    private double read() throws IOException {
        TransformsScenes source = new TransformsScenes(new DirectorySceneSource(imported));
        SourceScene scene =
                source.open(source.names().getFirst(), SIZE, source.classes().size());
        return perFrame(scene::read);
    }

    private double superpixels() throws IOException {
        TransformsScenes source = new TransformsScenes(new DirectorySceneSource(imported));
        SourceScene scene =
                source.open(source.names().getFirst(), SIZE, source.classes().size());
        byte[] color = scene.read(0).color();
        SeedsSuperpixels seeds = new SeedsSuperpixels(SIZE, DEFAULTS.count(), DEFAULTS.iterations());
        return perFrame(frame -> seeds.compute(color));
    }

    private static double overlap(PreparedScene scene) throws IOException {
        return Timing.seconds(() -> OverlapIndexBuilder.build(scene, OVERLAP_METRES)) / FRAMES_A_SCENE;
    }

    /** What is done for a frame. */
    private interface Step {
        void run(int frame) throws IOException;
    }

    private static double perFrame(Step step) throws IOException {
        List<Double> seconds = new ArrayList<>();
        for (int frame = 0; frame < FRAMES_A_SCENE; frame++) {
            int current = frame;
            seconds.add(Timing.seconds(() -> step.run(current)));
        }
        return Timing.median(seconds);
    }
}
