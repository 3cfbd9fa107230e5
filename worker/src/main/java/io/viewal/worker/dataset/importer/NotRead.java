package io.viewal.worker.dataset.importer;

import io.viewal.worker.dataset.importer.source.SourceFiles;
import io.viewal.worker.dataset.importer.source.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Files of a folder of the source that no scene was made of. Hidden files are not among them.
 *
 * @param folder in the source, or in an archive there; empty: the source itself
 * @param count of the files
 * @param files the first of their names
 */
public record NotRead(String folder, int count, List<String> files) {

    private static final int NAMED = 5;

    public NotRead {
        files = List.copyOf(files);
    }

    /**
     * Compares what is there with what was read.
     *
     * @param source folder, archive or file
     * @param known files, absolute and normalised, those of archives as if these were folders; folders with all that lies
     *     in them
     */
    static List<NotRead> of(Path source, Set<Path> known) throws IOException {
        Path base = source.toAbsolutePath().normalize();
        List<Path> left = new ArrayList<>();
        if (Files.isDirectory(base)) {
            for (Path file : SourceTree.files(base, Integer.MAX_VALUE)) {
                collect(file, known, left);
            }
        } else {
            collect(base, known, left);
        }
        Map<String, List<String>> folders = new TreeMap<>();
        for (Path file : left) {
            String folder = base.relativize(file.getParent()).toString();
            folders.computeIfAbsent(folder, f -> new ArrayList<>())
                    .add(file.getFileName().toString());
        }
        return folders.entrySet().stream()
                .map(folder -> new NotRead(
                        folder.getKey(),
                        folder.getValue().size(),
                        folder.getValue().stream().limit(NAMED).toList()))
                .toList();
    }

    private static void collect(Path file, Set<Path> known, List<Path> left) throws IOException {
        if (isKnown(file, known)) {
            return;
        }
        if (!SourceFiles.isZip(file) || known.stream().noneMatch(path -> path.startsWith(file))) {
            left.add(file);
            return;
        }
        try (SourceFiles entries = SourceFiles.open(file)) {
            collect(entries, "", file, known, left);
        }
    }

    private static void collect(SourceFiles entries, String folder, Path place, Set<Path> known, List<Path> left)
            throws IOException {
        for (String name : entries.names(folder)) {
            if (!name.startsWith(".") && !isKnown(place.resolve(name), known)) {
                left.add(place.resolve(name));
            }
        }
        for (String inner : entries.folders(folder)) {
            collect(entries, folder.isEmpty() ? inner : folder + "/" + inner, place.resolve(inner), known, left);
        }
    }

    private static boolean isKnown(Path file, Set<Path> known) {
        for (Path place = file; place != null; place = place.getParent()) {
            if (known.contains(place)) {
                return true;
            }
        }
        return false;
    }

    /** As users read it. */
    @Override
    public String toString() {
        return (folder.isEmpty() ? "" : folder + ": ")
                + (count == 1 ? "1 file" : count + " files")
                + " (" + String.join(", ", files) + (count > files.size() ? ", …" : "") + ")";
    }
}
