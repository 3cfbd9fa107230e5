package io.viewal.worker.cli;

import io.viewal.worker.model.CheckpointStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Keeps the last checkpoint as a file.
 *
 * @param file that is replaced with each
 */
record FolderCheckpoints(Path file) implements CheckpointStore {

    @Override
    public void save(Path checkpoint) throws IOException {
        Path copy = file.resolveSibling(file.getFileName() + ".new");
        Files.copy(checkpoint, copy, StandardCopyOption.REPLACE_EXISTING);
        Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public Optional<Path> latest() {
        return Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
    }
}
