package io.viewal.worker.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Keeps the state of a training that may be killed; a checkpoint is one file. */
public interface CheckpointStore {

    /** Keeps a copy of the file, atomically; the caller may overwrite the file afterwards. */
    void save(Path file) throws IOException;

    /** The checkpoint saved last, if there is any. */
    Optional<Path> latest() throws IOException;

    /** Keeps nothing. */
    static CheckpointStore none() {
        return new CheckpointStore() {
            @Override
            public void save(Path file) {
                // A training that need not survive a kill.
            }

            @Override
            public Optional<Path> latest() {
                return Optional.empty();
            }
        };
    }
}
