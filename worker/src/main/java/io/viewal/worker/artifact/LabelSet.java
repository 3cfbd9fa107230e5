package io.viewal.worker.artifact;

import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.VoidLabel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * What has been labeled so far: {@code label-set.zip}, version {@value #VERSION}; version 2 unless people answered.
 *
 * <pre>
 * version                        absent in version 1
 * regions.csv                    scene,frame,superpixel,pixels,round,rank,clicks,seconds of what the oracle labeled, in
 *                                that order; clicks and seconds as {@link Effort}, absent in version 1
 * skipped.csv                    scene,frame,superpixel,round of what the oracle could not label; absent when it could
 * answers.csv                    scene,frame,superpixel,round,annotator,at,answer,clicks,seconds,image of what people
 *                                answered, as {@link AnsweredRegion}; absent before version 3
 * &lt;scene&gt;/&lt;frame&gt;.png            the oracle's labels: 8-bit grey, class ids, 255 = not labeled
 * &lt;source&gt;/&lt;scene&gt;/&lt;frame&gt;.png   labels of another source, of {@link LabelSource}: propagated, pseudo
 * </pre>
 *
 * Only frames with a label have a map. Labels of other sources train the network where the oracle gave none; they are in
 * no count and keep no region from being chosen. Entries are sorted and carry a fixed time, so that equal label sets have
 * equal bytes.
 */
public final class LabelSet {

    /** Of a file with answers of people. */
    public static final int VERSION = 3;

    private final ImageSize size;
    private final List<LabeledRegion> regions = new ArrayList<>();
    private final Map<FrameKey, List<LabeledRegion>> regionsOfFrame = new HashMap<>();
    private final Map<RegionNamesCsv.Row, SkippedRegion> skipped = new HashMap<>();
    private final List<AnsweredRegion> answers = new ArrayList<>();
    private final FrameLabelMaps maps;

    /** A frame by scene and name; sorted by both. */
    public record FrameKey(String scene, String frame) implements Comparable<FrameKey> {
        @Override
        public int compareTo(FrameKey other) {
            int byScene = scene.compareTo(other.scene);
            return byScene != 0 ? byScene : frame.compareTo(other.frame);
        }
    }

    /** A label set without labels, for frames of this size. */
    public LabelSet(ImageSize size) {
        this.size = size;
        this.maps = new FrameLabelMaps(size);
    }

    /** The size of every frame. */
    public ImageSize size() {
        return size;
    }

    /** The regions that the oracle labeled, in that order. */
    public List<LabeledRegion> regions() {
        return Collections.unmodifiableList(regions);
    }

    /** The regions of a frame that the oracle labeled. */
    public List<LabeledRegion> regions(FrameKey frame) {
        return Collections.unmodifiableList(regionsOfFrame.getOrDefault(frame, List.of()));
    }

    /** The regions that the oracle was asked about and could not label so far, by scene and frame. */
    public List<SkippedRegion> skipped() {
        return skipped.values().stream()
                .sorted(Comparator.comparing(SkippedRegion::scene)
                        .thenComparing(SkippedRegion::frame)
                        .thenComparing(r -> r.region().toString()))
                .toList();
    }

    /** Those of a frame. */
    public List<SkippedRegion> skipped(FrameKey frame) {
        return skipped.values().stream()
                .filter(region ->
                        region.scene().equals(frame.scene()) && region.frame().equals(frame.frame()))
                .toList();
    }

    /** The frames that have a label of the oracle. */
    public List<FrameKey> frames() {
        return frames(LabelSource.ORACLE);
    }

    /** The frames that have a label of a source. */
    public List<FrameKey> frames(LabelSource source) {
        return List.copyOf(maps.files(source).keySet());
    }

    /** The frames that have a label of any source. */
    public List<FrameKey> trainingFrames() {
        TreeSet<FrameKey> frames = new TreeSet<>();
        for (LabelSource source : LabelSource.values()) {
            frames.addAll(maps.files(source).keySet());
        }
        return List.copyOf(frames);
    }

    /** The newest round in which the oracle was asked, 0 when there is the seed set alone. */
    public int round() {
        IntStream labeled = regions.stream().mapToInt(LabeledRegion::round);
        return IntStream.concat(labeled, skipped.values().stream().mapToInt(SkippedRegion::round))
                .max()
                .orElse(0);
    }

    /** The oracle's labels of a frame: uint8 [height, width], 255 where there is none. */
    public byte[] labels(FrameKey frame) {
        return labels(LabelSource.ORACLE, frame);
    }

    /** A source's labels of a frame: uint8 [height, width], 255 where there is none. */
    public byte[] labels(LabelSource source, FrameKey frame) {
        return maps.labels(source, frame);
    }

    /** The labels of all sources, those of the most trusted at each pixel: uint8 [height, width], 255 for none. */
    public byte[] trainingLabels(FrameKey frame) {
        byte[] labels = labels(frame);
        for (LabelSource source : LabelSource.values()) {
            if (source != LabelSource.ORACLE && maps.files(source).containsKey(frame)) {
                byte[] more = labels(source, frame);
                for (int pixel = 0; pixel < labels.length; pixel++) {
                    labels[pixel] = labels[pixel] == (byte) VoidLabel.ID ? more[pixel] : labels[pixel];
                }
            }
        }
        return labels;
    }

    /**
     * The pixels of a frame that the oracle labeled, void ones included, by their index in row order.
     *
     * @param superpixels of the frame: uint16 [height, width]
     */
    public BitSet labeledPixels(FrameKey frame, char[] superpixels) {
        BitSet pixels = new BitSet();
        for (LabeledRegion region : regions(frame)) {
            pixels.or(region.region().pixels(superpixels, size));
        }
        return pixels;
    }

    /** Pixels of all labeled regions, void ones included, each once: what was asked of the annotators. */
    public long pixels() {
        return regions.stream().mapToLong(LabeledRegion::pixels).sum();
    }

    /**
     * Adds regions of one frame that the oracle labeled, and its new label map.
     *
     * @param labels uint8 [height, width], the labels of the frame so far and those of the new regions
     */
    public void add(List<LabeledRegion> added, FrameKey frame, byte[] labels) {
        for (LabeledRegion region : added) {
            if (!region.scene().equals(frame.scene()) || !region.frame().equals(frame.frame())) {
                throw new IllegalArgumentException(region + " is not of " + frame);
            }
        }
        added.forEach(
                region -> skipped.remove(new RegionNamesCsv.Row(region.scene(), region.frame(), region.region())));
        added.forEach(this::remember);
        maps.put(LabelSource.ORACLE, frame, labels);
    }

    /** Adds a region that the oracle could not label. */
    public void skip(SkippedRegion region) {
        skipped.put(region.name(), region);
    }

    /** What people answered, in the order of rounds. */
    public List<AnsweredRegion> answers() {
        return Collections.unmodifiableList(answers);
    }

    /** Notes an answer of a person; the labels that it gives are added by {@link #add}. */
    public void note(AnsweredRegion answer) {
        answers.add(answer);
    }

    /** What all regions took. */
    public Effort effort() {
        return regions.stream().map(r -> r.effort().orElseThrow()).reduce(Effort.NONE, Effort::plus);
    }

    /** Fills in the effort of the regions of which it is not known, see {@link LabeledRegion#effort}. */
    public void complete(Function<LabeledRegion, Effort> effort) {
        List<LabeledRegion> known = regions.stream()
                .map(r -> r.effort().isPresent() ? r : r.with(effort.apply(r)))
                .toList();
        regions.clear();
        regionsOfFrame.clear();
        known.forEach(this::remember);
    }

    /** Forgets the labels of a source other than the oracle. */
    public void clear(LabelSource source) {
        requireDerived(source);
        maps.files(source).clear();
    }

    /**
     * Sets the labels of a frame by a source other than the oracle; a frame without any is left out.
     *
     * @param labels uint8 [height, width]; 255 for none, which the pixels of the oracle's regions must have
     */
    public void set(LabelSource source, FrameKey frame, byte[] labels) {
        requireDerived(source);
        maps.files(source).remove(frame);
        if (!VoidLabel.fills(labels)) {
            maps.put(source, frame, labels);
        }
    }

    /** Writes the file; regions in the order of round and rank. */
    public void write(Path file) throws IOException {
        regions.sort(Comparator.comparingInt(LabeledRegion::round).thenComparingInt(LabeledRegion::rank));
        LabelSetZip.write(file, new LabelSetZip.Tables(regions, skipped(), answers), maps);
    }

    /**
     * Reads a file.
     *
     * @throws InvalidInputException when it is not a label set of frames of this size
     */
    public static LabelSet read(Path file, ImageSize size) throws IOException {
        LabelSet labels = new LabelSet(size);
        LabelSetZip.Tables tables = LabelSetZip.read(file, labels.maps);
        tables.regions().forEach(labels::remember);
        tables.skipped().forEach(labels::skip);
        labels.answers.addAll(tables.answers());
        return labels;
    }

    private void remember(LabeledRegion region) {
        regions.add(region);
        regionsOfFrame
                .computeIfAbsent(new FrameKey(region.scene(), region.frame()), f -> new ArrayList<>())
                .add(region);
    }

    private static void requireDerived(LabelSource source) {
        if (source == LabelSource.ORACLE) {
            throw new IllegalArgumentException("The oracle's labels are only added to");
        }
    }
}
