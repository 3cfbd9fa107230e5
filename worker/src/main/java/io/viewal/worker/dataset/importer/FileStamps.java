package io.viewal.worker.dataset.importer;

import io.viewal.contract.ContractJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;

/**
 * What tells whether files changed without reading them: their names, sizes and, in a bucket, their ETags, else the times
 * of their last change.
 */
final class FileStamps {

    private static final String ABSENT = "absent";

    private FileStamps() {}

    /**
     * SHA-256 of the stamps.
     *
     * @param base what names are relative to
     * @param places files, and folders with all that lies in them
     */
    static String digest(Path base, List<Path> places) throws IOException {
        StringBuilder stamps = new StringBuilder();
        for (Path place : places) {
            if (Files.isDirectory(place)) {
                Path real = place.toRealPath();
                try (Stream<Path> files = Files.walk(real)) {
                    for (Path file :
                            (Iterable<Path>) files.filter(Files::isRegularFile).sorted()::iterator) {
                        add(stamps, base.relativize(place.resolve(real.relativize(file))), file);
                    }
                }
            } else {
                add(stamps, base.relativize(place), place);
            }
        }
        return ContractJson.sha256(stamps.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void add(StringBuilder stamps, Path name, Path file) throws IOException {
        stamps.append(name).append(' ').append(stamp(file)).append('\n');
    }

    private static String stamp(Path file) throws IOException {
        if (!Files.exists(file)) {
            return ABSENT;
        }
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        Object version = file.getFileSystem() == FileSystems.getDefault()
                ? attributes.lastModifiedTime().toMillis()
                : attributes.fileKey();
        return attributes.size() + " " + version;
    }
}
