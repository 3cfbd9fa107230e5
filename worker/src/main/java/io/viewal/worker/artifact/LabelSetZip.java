package io.viewal.worker.artifact;

import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.artifact.LabelSet.FrameKey;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** The file of a {@link LabelSet}, which tells its layout. */
final class LabelSetZip {

    private static final String VERSION_ENTRY = "version";
    private static final String REGIONS = "regions.csv";
    private static final String SKIPPED = "skipped.csv";
    private static final String ANSWERS = "answers.csv";
    private static final Set<String> TEXTS = Set.of(VERSION_ENTRY, REGIONS, SKIPPED, ANSWERS);
    private static final Set<String> VERSIONS = Set.of("1", "2", Integer.toString(LabelSet.VERSION));

    /** Of a file without answers. */
    private static final int UNANSWERED = 2;

    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    /** Room for five million regions. */
    private static final int MAX_ENTRY_BYTES = 256 << 20;

    private LabelSetZip() {}

    /** The tables of a file. */
    record Tables(List<LabeledRegion> regions, List<SkippedRegion> skipped, List<AnsweredRegion> answers) {}

    static void write(Path file, Tables tables, FrameLabelMaps maps) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
                ZipOutputStream zip = new ZipOutputStream(out)) {
            int version = tables.answers().isEmpty() ? UNANSWERED : LabelSet.VERSION;
            entry(zip, VERSION_ENTRY, bytes(Integer.toString(version)));
            entry(zip, REGIONS, bytes(LabeledRegionCsv.write(tables.regions())));
            if (!tables.skipped().isEmpty()) {
                entry(zip, SKIPPED, bytes(SkippedRegionCsv.write(tables.skipped())));
            }
            if (!tables.answers().isEmpty()) {
                entry(zip, ANSWERS, bytes(AnsweredRegionCsv.write(tables.answers())));
            }
            for (LabelSource source : LabelSource.values()) {
                for (Map.Entry<FrameKey, byte[]> map : maps.files(source).entrySet()) {
                    entry(zip, FrameLabelMaps.entryName(source, map.getKey()), map.getValue());
                }
            }
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(TIME);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    /**
     * Reads a file.
     *
     * @param maps where the label maps go
     * @return its tables
     */
    static Tables read(Path file, FrameLabelMaps maps) throws IOException {
        Map<String, String> texts = new HashMap<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                byte[] content = zip.readNBytes(MAX_ENTRY_BYTES);
                if (zip.read() >= 0) {
                    throw notALabelSet(
                            file, "has an entry '" + entry.getName() + "' of more than " + MAX_ENTRY_BYTES + " bytes");
                }
                if (TEXTS.contains(entry.getName())) {
                    texts.put(entry.getName(), new String(content, StandardCharsets.UTF_8));
                } else {
                    put(entry.getName(), content, maps, file);
                }
            }
        }
        return tables(file, texts);
    }

    private static Tables tables(Path file, Map<String, String> texts) {
        String version = texts.getOrDefault(VERSION_ENTRY, "1");
        if (!VERSIONS.contains(version)) {
            throw notALabelSet(
                    file,
                    "is of version " + version + ", this worker reads 1 to " + LabelSet.VERSION
                            + ": use the worker that wrote it, or a newer one");
        }
        if (!texts.containsKey(REGIONS)) {
            throw notALabelSet(file, "has no " + REGIONS);
        }
        return new Tables(
                LabeledRegionCsv.read(texts.get(REGIONS), Integer.parseInt(version)),
                texts.containsKey(SKIPPED) ? SkippedRegionCsv.read(texts.get(SKIPPED)) : List.of(),
                texts.containsKey(ANSWERS) ? AnsweredRegionCsv.read(texts.get(ANSWERS)) : List.of());
    }

    private static void put(String entry, byte[] png, FrameLabelMaps maps, Path file) {
        String[] parts = entry.split("/", -1);
        String folder = parts.length == 3 ? parts[0] + "/" : "";
        LabelSource source = Arrays.stream(LabelSource.values())
                .filter(s -> s.folder().equals(folder))
                .findFirst()
                .orElse(null);
        String name = parts[parts.length - 1];
        if (source == null || parts.length < 2 || parts.length > 3 || !name.endsWith(".png")) {
            throw notALabelSet(
                    file,
                    "has the entry '" + entry
                            + "', expected <scene>/<frame>.png, below propagated/ or pseudo/ unless an "
                            + "oracle gave it");
        }
        String frame = name.substring(0, name.length() - ".png".length());
        maps.files(source).put(new FrameKey(parts[parts.length - 2], frame), png);
    }

    private static InvalidInputException notALabelSet(Path file, String why) {
        return new InvalidInputException(Reason.InvalidLabels, "The label set " + file.getFileName() + " " + why);
    }
}
