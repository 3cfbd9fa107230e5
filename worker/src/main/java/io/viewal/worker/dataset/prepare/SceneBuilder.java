package io.viewal.worker.dataset.prepare;

import io.viewal.contract.PrepareParameters;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.ClassPixels;
import io.viewal.worker.dataset.DepthRange;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.PreparedFrame;
import io.viewal.worker.dataset.PreparedScene;
import io.viewal.worker.dataset.PreparedSceneWriter;
import io.viewal.worker.dataset.SceneFile;
import io.viewal.worker.dataset.SourceFrame;
import io.viewal.worker.dataset.SourceScene;
import io.viewal.worker.dataset.superpixel.RegionIds;
import io.viewal.worker.dataset.superpixel.SeedsSuperpixels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Makes a prepared scene of one whose frames can be read, on all cores. */
final class SceneBuilder {

    private final PrepareParameters parameters;
    private final ImageSize size;
    private final OverlapBuilder overlaps;
    private final SeedsSuperpixels superpixels;

    SceneBuilder(PrepareParameters parameters, ImageSize size, OverlapBuilder overlaps) {
        this.parameters = parameters;
        this.size = size;
        this.overlaps = overlaps;
        this.superpixels = new SeedsSuperpixels(
                size, parameters.superpixels().count(), parameters.superpixels().iterations());
    }

    /**
     * A scene that was made.
     *
     * @param labeledFrames names of its frames with a pixel of a class
     * @param classPixels of its label maps
     */
    record Built(PreparedScene scene, List<String> labeledFrames, ClassPixels classPixels) {}

    /** @throws InvalidInputException when a frame can't be read, or the unit of depth can't be right */
    Built build(SourceScene scene, Path folder, IntConsumer frameDone) throws IOException {
        List<String> names = scene.frameNames();
        boolean labels = IntStream.range(0, names.size()).anyMatch(scene::hasLabels);
        AtomicInteger done = new AtomicInteger();
        DepthRange range = new DepthRange();
        ClassPixels classPixels = new ClassPixels();
        SortedSet<Integer> labeled = Collections.synchronizedSortedSet(new TreeSet<>());
        try (PreparedSceneWriter writer = new PreparedSceneWriter(folder, scene.name(), size, names.size(), labels)) {
            FrameTasks.run(names.size(), frame -> {
                SourceFrame read = scene.read(frame);
                range.add(read.depth());
                if (read.labels() != null && classPixels.add(read.labels())) {
                    labeled.add(frame);
                }
                writer.write(frame, prepared(read));
                frameDone.accept(done.incrementAndGet());
            });
            requirePlausible(scene.name(), range);
            PreparedScene prepared = writer.finish();
            overlaps.build(prepared, parameters.overlap().distanceThreshold(), prepared.path(SceneFile.OVERLAP));
            return new Built(prepared, labeled.stream().map(names::get).toList(), classPixels);
        }
    }

    private void requirePlausible(String scene, DepthRange range) {
        try {
            if (parameters.source() == null || parameters.source().depthScale() == null) {
                range.requirePlausible();
            }
        } catch (InvalidInputException e) {
            throw new InvalidInputException(e.reason(), "Scene '" + scene + "': " + e.getMessage(), e);
        }
    }

    /** Regions that the source brings are kept, renumbered from 0. */
    private PreparedFrame prepared(SourceFrame frame) {
        char[] regions = frame.superpixels();
        if (regions == null) {
            regions = superpixels.compute(frame.color());
        } else {
            RegionIds.compact(regions);
        }
        return new PreparedFrame(frame.frame(), frame.color(), frame.depth(), frame.labels(), regions);
    }
}
