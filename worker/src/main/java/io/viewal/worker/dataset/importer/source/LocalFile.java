package io.viewal.worker.dataset.importer.source;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that can be read from any place in it: the file itself, or a copy when it does not lie on this machine.
 *
 * @param copy removed when this is closed
 */
public record LocalFile(Path path, boolean copy) implements Closeable {

    /** Copies the file if it must. */
    public static LocalFile of(Path file) throws IOException {
        if (file.getFileSystem() == FileSystems.getDefault()) {
            return new LocalFile(file, false);
        }
        LocalFile local = new LocalFile(Files.createTempFile("viewal-", ".copy"), true);
        boolean whole = false;
        try {
            Files.copy(file, local.path(), StandardCopyOption.REPLACE_EXISTING);
            whole = true;
            return local;
        } finally {
            if (!whole) {
                local.close();
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (copy) {
            Files.deleteIfExists(path);
        }
    }
}
