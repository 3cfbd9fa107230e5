package io.viewal.bench;

import io.viewal.contract.PrepareParameters;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.PreparedFrame;
import io.viewal.worker.dataset.PreparedScene;
import io.viewal.worker.dataset.PreparedSceneWriter;
import io.viewal.worker.dataset.SourceFrame;
import io.viewal.worker.dataset.SourceScene;
import io.viewal.worker.dataset.importer.ImportPolicy;
import io.viewal.worker.dataset.importer.ImportRun;
import io.viewal.worker.dataset.importer.scannet.ScanNetFramesImporter;
import io.viewal.worker.dataset.importer.source.SourceOptions;
import io.viewal.worker.dataset.prepare.SceneFolder;
import io.viewal.worker.dataset.superpixel.SeedsSuperpixels;
import io.viewal.worker.dataset.synthetic.SyntheticScenes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is measured: 27 frames of 240 × 320 of one scene.
 *
 * @param origin what to tell the reader
 */
record BenchScene(PreparedScene scene, String origin) {

    static final ImageSize SIZE = new ImageSize(320, 240);
    static final int CLASSES = 40;

    private static final String REAL = "scene0014_00";
    private static final int FRAMES = 27;
    private static final int SUPERPIXELS = 40;
    private static final int ITERATIONS = 10;

    /**
     * The real sample where it lies in {@code data}, else a synthetic room.
     *
     * @param data folder that may hold {@code scannet-sample}
     * @param scratch where the prepared scene goes
     */
    static BenchScene open(Path data, Path scratch) throws IOException {
        Path sample = data.resolve("scannet-sample");
        return Files.isDirectory(sample) ? real(sample, scratch) : synthetic(scratch);
    }

    private static BenchScene real(Path sample, Path scratch) throws IOException {
        Path imported = scratch.resolve("imported");
        new ImportRun(ImportPolicy.STRICT, scene -> {})
                .run(new ScanNetFramesImporter().scenes(sample, SourceOptions.NONE), imported);
        PreparedScene scene = new SceneFolder(imported.resolve(REAL))
                .open(SIZE, Optional.empty(), SUPERPIXELS, scratch.resolve("prepared"));
        return new BenchScene(scene, "the real ScanNet sample, " + REAL + " with the superpixels published with it");
    }

    private static BenchScene synthetic(Path scratch) throws IOException {
        SyntheticScenes rooms = new SyntheticScenes(new PrepareParameters.Synthetic(1, FRAMES, 1));
        SourceScene source = rooms.open(rooms.names().getFirst(), SIZE, CLASSES);
        SeedsSuperpixels seeds = new SeedsSuperpixels(SIZE, SUPERPIXELS, ITERATIONS);
        try (PreparedSceneWriter writer =
                new PreparedSceneWriter(scratch.resolve("prepared"), source.name(), SIZE, FRAMES, true)) {
            for (int f = 0; f < FRAMES; f++) {
                SourceFrame frame = source.read(f);
                char[] regions = seeds.compute(frame.color());
                writer.write(
                        f, new PreparedFrame(frame.frame(), frame.color(), frame.depth(), frame.labels(), regions));
            }
            return new BenchScene(writer.finish(), "a synthetic room (the real ScanNet sample was not found)");
        }
    }
}
