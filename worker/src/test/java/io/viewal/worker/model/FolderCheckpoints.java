package io.viewal.worker.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Keeps checkpoints in a folder, as a store would. */
final class FolderCheckpoints implements CheckpointStore {

    private final Path kept;
    private int saves;

    FolderCheckpoints(Path folder) {
        kept = folder.resolve("kept.safetensors");
    }

    @Override
    public synchronized void save(Path file) throws IOException {
        Files.copy(file, kept, StandardCopyOption.REPLACE_EXISTING);
        saves++;
    }

    @Override
    public synchronized Optional<Path> latest() {
        return saves == 0 ? Optional.empty() : Optional.of(kept);
    }

    synchronized int saves() {
        return saves;
    }
}
