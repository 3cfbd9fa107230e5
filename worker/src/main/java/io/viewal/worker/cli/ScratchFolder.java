package io.viewal.worker.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A folder that goes when its user is done, with all that is in it.
 *
 * @param path of the folder
 */
record ScratchFolder(Path path) implements AutoCloseable {

    /** A new folder where the system keeps such. */
    static ScratchFolder create() throws IOException {
        return new ScratchFolder(Files.createTempDirectory("viewal-"));
    }

    /** A new folder inside another one, for what may be too large for the system's place. */
    static ScratchFolder createIn(Path parent) throws IOException {
        return new ScratchFolder(Files.createTempDirectory(parent, ".scratch-"));
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
