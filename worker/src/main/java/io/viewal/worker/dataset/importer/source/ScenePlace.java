package io.viewal.worker.dataset.importer.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a scene lies that is known by a file or a folder in its folder.
 *
 * @param name of the scene: its folder's or its archive's
 * @param root folder or zip archive
 * @param folder in the root; empty: the root itself
 */
public record ScenePlace(String name, Path root, String folder) {

    /** The scene's folder, or the archive that it lies in. */
    public List<Path> files() {
        return List.of(root.resolve(Files.isDirectory(root) ? folder : ""));
    }

    /** Opens the scene's folder. */
    public SourceFiles open() throws IOException {
        return SourceFiles.open(root).within(folder);
    }

    /**
     * Finds scenes: the source itself, its folders, and zip archives (the source, or in it), with the file at their top
     * or in a folder at their top.
     *
     * @param marker file or folder that every scene has; {@code {scene}} in it stands for the scene's name
     * @throws io.viewal.worker.InvalidInputException when there is none
     */
    public static List<ScenePlace> find(Path source, String marker) throws IOException {
        List<ScenePlace> places = new ArrayList<>();
        if (Files.isDirectory(source) && !Files.exists(source.resolve(named(marker, name(source))))) {
            try (Stream<Path> entries = Files.list(source)) {
                for (Path entry : (Iterable<Path>) entries.sorted()::iterator) {
                    if (Files.exists(entry.resolve(named(marker, name(entry))))) {
                        places.add(new ScenePlace(name(entry), entry, ""));
                    } else if (SourceFiles.isZip(entry)) {
                        places.addAll(inArchive(entry, marker));
                    }
                }
            }
        } else if (Files.isDirectory(source)) {
            places.add(new ScenePlace(name(source), source, ""));
        } else {
            places.addAll(inArchive(source, marker));
        }
        if (places.isEmpty()) {
            throw SourceFault.invalid(
                    source,
                    "it holds no scene: expected " + marker + " in it, or in its folders or archives; "
                            + SourceTree.holdings(source));
        }
        return places;
    }

    private static List<ScenePlace> inArchive(Path archive, String marker) throws IOException {
        try (SourceFiles files = SourceFiles.open(archive)) {
            if (has(files, "", named(marker, name(archive)))) {
                return List.of(new ScenePlace(name(archive), archive, ""));
            }
            List<ScenePlace> places = new ArrayList<>();
            for (String folder : files.folders("")) {
                if (has(files, folder, named(marker, folder))) {
                    places.add(new ScenePlace(folder, archive, folder));
                }
            }
            return places;
        }
    }

    private static boolean has(SourceFiles files, String folder, String marker) throws IOException {
        return files.within(folder).exists(marker) || files.folders(folder).contains(marker);
    }

    private static String named(String marker, String scene) {
        return marker.replace("{scene}", scene);
    }

    private static String name(Path file) {
        String name = file.toAbsolutePath().normalize().getFileName().toString();
        return SourceFiles.isZip(file) ? name.substring(0, name.length() - ".zip".length()) : name;
    }
}
