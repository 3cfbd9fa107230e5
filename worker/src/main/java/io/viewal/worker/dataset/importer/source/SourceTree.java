package io.viewal.worker.dataset.importer.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What lies in a folder. Symbolic links are followed, but for those that lead back to a folder above them. */
public final class SourceTree {

    private static final int SHOWN = 5;

    private SourceTree() {}

    /**
     * All files but hidden ones, and links that lead to nothing, sorted.
     *
     * @param depth of the folders that are looked into; 1: the folder itself alone
     */
    public static SortedSet<Path> files(Path folder, int depth) throws IOException {
        SortedSet<Path> files = new TreeSet<>();
        if (Files.isDirectory(folder)) {
            collect(folder, depth, files);
        } else {
            files.add(folder);
        }
        return files;
    }

    private static void collect(Path folder, int depth, SortedSet<Path> files) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : (Iterable<Path>) entries::iterator) {
                if (entry.getFileName().toString().startsWith(".")) {
                    continue;
                }
                if (!Files.isDirectory(entry)) {
                    files.add(entry);
                } else if (depth > 1 && !leadsBack(entry)) {
                    collect(entry, depth - 1, files);
                }
            }
        }
    }

    private static boolean leadsBack(Path folder) throws IOException {
        return Files.isSymbolicLink(folder) && folder.getParent().toRealPath().startsWith(folder.toRealPath());
    }

    /** Names what a folder or an archive holds, for messages about what it does not hold; a clause. */
    public static String holdings(Path source) throws IOException {
        if (!Files.isDirectory(source) && !SourceFiles.isZip(source)) {
            return "it is a file";
        }
        try (SourceFiles files = SourceFiles.open(source)) {
            List<String> names = Stream.concat(
                            files.folders("").stream().map(folder -> folder + "/"), files.names("").stream())
                    .filter(name -> !name.startsWith("."))
                    .toList();
            return names.isEmpty() ? "it is empty" : "it holds " + shortened(names);
        }
    }

    /** The first of some names, and how many more there are. */
    public static String shortened(List<String> names) {
        String shown = names.stream().limit(SHOWN).collect(Collectors.joining(", "));
        return names.size() <= SHOWN ? shown : shown + " and " + (names.size() - SHOWN) + " more";
    }
}
