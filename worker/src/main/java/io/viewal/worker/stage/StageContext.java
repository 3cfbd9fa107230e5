package io.viewal.worker.stage;

import io.viewal.contract.ArtifactRef;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.contract.StageParameters;
import io.viewal.contract.StageRequest;
import io.viewal.contract.StoreKeys;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.DatasetManifest.FileEntry;
import io.viewal.worker.store.ObjectStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** A running attempt as its {@link StageWork} sees it: inputs, outputs, progress, and whether to stop. */
final class StageContext {

    private final StageRequest request;
    private final int shard;
    private final ObjectStore store;
    private final Path scratch;
    private final ProgressReporter progress;
    private final BooleanSupplier stop;
    private final Clock clock;

    StageContext(
            StageRequest request,
            int shard,
            ObjectStore store,
            Path scratch,
            ProgressReporter progress,
            BooleanSupplier stop,
            Clock clock) {
        this.request = request;
        this.shard = shard;
        this.store = store;
        this.scratch = scratch;
        this.progress = progress;
        this.stop = stop;
        this.clock = clock;
    }

    StageRequest request() {
        return request;
    }

    /** This worker's shard, from 0. */
    int shard() {
        return shard;
    }

    ObjectStore store() {
        return store;
    }

    /** The parameters, which are of the class that the stage expects. */
    <P extends StageParameters> P parameters(Class<P> type) {
        return type.cast(request.parameters());
    }

    /** An input that the stage can't do without. */
    ArtifactRef input(String name) {
        ArtifactRef ref = request.inputs().get(name);
        if (ref == null) {
            throw new InvalidInputException(
                    Reason.InvalidRequest,
                    "The request of " + request.stage().title() + " has no input '" + name + "', only "
                            + request.inputs().keySet());
        }
        return ref;
    }

    /** The inputs whose names start so, by name. */
    SortedMap<String, ArtifactRef> inputs(String prefix) {
        TreeMap<String, ArtifactRef> found = new TreeMap<>();
        request.inputs().forEach((name, ref) -> {
            if (name.startsWith(prefix)) {
                found.put(name, ref);
            }
        });
        return found;
    }

    /** A verified copy of an artifact in the scratch folder; fetched once. */
    Path fetch(ArtifactRef ref) throws IOException {
        Path target = scratch.resolve("inputs").resolve(ref.key());
        if (!Files.exists(target)) {
            store.fetch(ref, target);
        }
        return target;
    }

    /**
     * An artifact that an index names relative to itself.
     *
     * @throws InvalidInputException (CorruptArtifact) when the name leads out of the store
     */
    static ArtifactRef beside(ArtifactRef index, FileEntry file) {
        String folder = index.key().substring(0, index.key().lastIndexOf('/') + 1);
        try {
            String key = StoreKeys.requireSafe(
                    URI.create(folder + file.name()).normalize().toString());
            return new ArtifactRef(key, file.bytes(), file.sha256());
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(
                    Reason.CorruptArtifact,
                    "'" + index.key() + "' names the file '" + file.name() + "', which is no path in the store: "
                            + e.getMessage(),
                    e);
        }
    }

    /** Where to write an output before it is published; its folder exists. */
    Path output(String name) throws IOException {
        Path file = scratch.resolve("outputs").resolve(name);
        Files.createDirectories(file.getParent());
        return file;
    }

    /** A folder for what is needed for a while. */
    Path temporary(String name) throws IOException {
        return Files.createDirectories(scratch.resolve("temporary").resolve(name));
    }

    /** Copies an output into the store, under this attempt. */
    ArtifactRef publish(String name, Path file) throws IOException {
        return store.putArtifact(request.layout().artifactKey(request.attempt(), name), file);
    }

    /** Writes and publishes an output. */
    ArtifactRef publish(String name, byte[] content) throws IOException {
        Path file = output(name);
        Files.write(file, content);
        return publish(name, file);
    }

    /** Publishes an output and tells how an index names it. */
    FileEntry publishEntry(String name, Path file) throws IOException {
        ArtifactRef ref = publish(name, file);
        return new FileEntry(name, ref.bytes(), ref.sha256());
    }

    /**
     * Says how far the work has come, and ends it when the process is to stop.
     *
     * @throws StoppedException when it is; call this where nothing would be lost
     */
    void progress(long done, long total, String unit, String message) {
        report(done, total, unit, message);
        stopIfAsked();
    }

    /** Says how far the work has come. */
    void report(long done, long total, String unit, String message) {
        progress.report(done, total, unit, message);
    }

    /**
     * Ends the work when the process is to stop.
     *
     * @throws StoppedException when it is; call this where nothing would be lost
     */
    void stopIfAsked() {
        if (stop.getAsBoolean()) {
            throw new StoppedException();
        }
    }

    /** What time it is, for a stage that waits. */
    Instant now() {
        return clock.instant();
    }

    /** True once the process is to stop. */
    BooleanSupplier stop() {
        return stop;
    }
}
