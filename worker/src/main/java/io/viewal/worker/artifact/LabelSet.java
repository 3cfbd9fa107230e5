package io.viewal.worker.artifact;

import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.VoidLabel;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * What has been labeled so far: {@code label-set.zip}.
 *
 * <pre>
 * regions.csv            scene,frame,superpixel,pixels,round,rank; in the order of labeling; superpixel -1 is a whole frame
 * &lt;scene&gt;/&lt;frame&gt;.png    8-bit grey, the class id of each pixel, 255 = not labeled; frames with a labeled region alone
 * </pre>
 *
 * Entries are sorted and carry a fixed time, so that equal label sets have equal bytes. Label maps stay compressed in
 * memory until they are asked for.
 */
public final class LabelSet {

    private static final String REGIONS = "regions.csv";
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);
    private static final long MAX_ENTRY_BYTES = 64L << 20;

    private final ImageSize size;
    private final List<LabeledRegion> regions;
    private final NavigableMap<FrameKey, byte[]> maps;

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
        this(size, new ArrayList<>(), new TreeMap<>());
    }

    private LabelSet(ImageSize size, List<LabeledRegion> regions, NavigableMap<FrameKey, byte[]> maps) {
        this.size = size;
        this.regions = regions;
        this.maps = maps;
    }

    /** The labeled regions in the order of labeling. */
    public List<LabeledRegion> regions() {
        return Collections.unmodifiableList(regions);
    }

    /** The frames that have a label. */
    public List<FrameKey> frames() {
        return List.copyOf(maps.keySet());
    }

    /** The round of the newest region, 0 when there is the seed set alone. */
    public int round() {
        return regions.stream().mapToInt(LabeledRegion::round).max().orElse(0);
    }

    /** Labels of a frame: uint8 [height, width], 255 where there is none. */
    public byte[] labels(FrameKey frame) {
        byte[] png = maps.get(frame);
        if (png == null) {
            byte[] none = new byte[size.pixels()];
            Arrays.fill(none, (byte) VoidLabel.ID);
            return none;
        }
        return GreyPng.decode(png, size, "Label map " + entryName(frame));
    }

    /** Pixels of all labeled regions, void ones included: what was asked of the annotators. */
    public long pixels() {
        return regions.stream().mapToLong(LabeledRegion::pixels).sum();
    }

    /**
     * Adds regions of one frame and its new label map.
     *
     * @param labels uint8 [height, width], the labels of the frame so far and those of the new regions
     */
    public void add(List<LabeledRegion> added, FrameKey frame, byte[] labels) {
        for (LabeledRegion region : added) {
            if (!region.scene().equals(frame.scene()) || !region.frame().equals(frame.frame())) {
                throw new IllegalArgumentException(region + " is not of " + frame);
            }
        }
        regions.addAll(added);
        maps.put(frame, GreyPng.encode(labels, size));
    }

    /** Writes the file; regions in the order of round and rank. */
    public void write(Path file) throws IOException {
        regions.sort((a, b) ->
                a.round() != b.round() ? Integer.compare(a.round(), b.round()) : Integer.compare(a.rank(), b.rank()));
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
                ZipOutputStream zip = new ZipOutputStream(out)) {
            entry(zip, REGIONS, LabeledRegionCsv.write(regions).getBytes(StandardCharsets.UTF_8));
            for (Map.Entry<FrameKey, byte[]> map : maps.entrySet()) {
                entry(zip, entryName(map.getKey()), map.getValue());
            }
        }
    }

    /**
     * Reads a file.
     *
     * @throws InvalidInputException when it is not a label set of frames of this size
     */
    public static LabelSet read(Path file, ImageSize size) throws IOException {
        List<LabeledRegion> regions = null;
        NavigableMap<FrameKey, byte[]> maps = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                byte[] content = zip.readNBytes((int) MAX_ENTRY_BYTES);
                if (entry.getName().equals(REGIONS)) {
                    regions = LabeledRegionCsv.read(new String(content, StandardCharsets.UTF_8));
                } else {
                    maps.put(key(entry.getName(), file), content);
                }
            }
        }
        if (regions == null) {
            throw notALabelSet(file, "has no " + REGIONS);
        }
        return new LabelSet(size, new ArrayList<>(regions), maps);
    }

    private static FrameKey key(String entry, Path file) {
        String[] parts = entry.split("/", -1);
        if (parts.length != 2 || !parts[1].endsWith(".png")) {
            throw notALabelSet(file, "has the entry '" + entry + "', expected <scene>/<frame>.png");
        }
        return new FrameKey(parts[0], parts[1].substring(0, parts[1].length() - ".png".length()));
    }

    private static InvalidInputException notALabelSet(Path file, String why) {
        return new InvalidInputException(Reason.InvalidLabels, "The label set " + file.getFileName() + " " + why);
    }

    private static String entryName(FrameKey frame) {
        return frame.scene() + "/" + frame.frame() + ".png";
    }

    private static void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(TIME);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
