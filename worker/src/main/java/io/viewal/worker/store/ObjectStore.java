package io.viewal.worker.store;

import io.viewal.contract.ArtifactRef;
import io.viewal.contract.ContractJson;
import io.viewal.contract.StoreLocation;
import io.viewal.worker.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Objects by key. An object appears whole or not at all. Safe for use by several threads. Every method may throw
 * {@link StoreUnavailableException} when the store stays away for longer than patience lasts, and
 * {@link InvalidInputException} with the reason {@code BucketNotFound} or {@code StoreAccessDenied}.
 */
public interface ObjectStore extends AutoCloseable {

    /**
     * Opens the store at a location, without asking it anything.
     *
     * @param credentials folder with the files {@code accessKey}, {@code secretKey} and perhaps {@code sessionToken} of an S3
     *     server; null: the keys are those of the environment, or of the pod's identity
     */
    static ObjectStore open(StoreLocation location, Path credentials, Patience patience) {
        return location.endpoint().startsWith(DirectoryObjectStore.SCHEME)
                ? DirectoryObjectStore.open(location)
                : S3ObjectStore.open(location, Credentials.read(credentials), patience);
    }

    /** The same with the patience of a person, of a store that no operator has probed. */
    static ObjectStore open(StoreLocation location, Path credentials) {
        return location.endpoint().startsWith(DirectoryObjectStore.SCHEME)
                ? DirectoryObjectStore.open(location)
                : S3ObjectStore.open(location, Credentials.read(credentials), Patience.SHORT)
                        .probed();
    }

    /** Opens an object for reading from its start; empty when there is none. */
    Optional<InputStream> open(String key);

    /** Writes an object of at most a few megabytes, replacing one that is there. */
    void put(String key, byte[] content);

    /** Writes an object from a file, replacing one that is there. */
    void put(String key, Path file);

    /**
     * Writes an object unless there is one: the commit. Of several writers exactly one gets true.
     *
     * @return false when there is one already
     */
    boolean putIfAbsent(String key, byte[] content);

    /** The keys that start with {@code prefix + "/"}, sorted. */
    default List<String> list(String prefix) {
        return objects(prefix).stream().map(Stored::key).toList();
    }

    /** The objects whose keys start with {@code prefix + "/"}, by key. */
    List<Stored> objects(String prefix);

    /**
     * An object, as a listing has it.
     *
     * @param modified when it was written last
     */
    record Stored(String key, long bytes, Instant modified) {}

    /**
     * What lies directly below a prefix, sorted by name; what lies in its folders is not listed.
     *
     * @param prefix empty: the store itself
     */
    List<Entry> children(String prefix);

    /**
     * An object or a folder.
     *
     * @param name without the prefix
     * @param folder whether it only begins the keys of objects
     * @param bytes of the object
     * @param version differs when its content does: the ETag, or the time of its last change
     */
    record Entry(String name, boolean folder, long bytes, String version) {}

    /** The folders directly below a prefix, sorted: names {@code f} of keys {@code prefix/f/…}; their content is not listed. */
    default List<String> folders(String prefix) {
        return children(prefix).stream().filter(Entry::folder).map(Entry::name).toList();
    }

    /** Removes an object; no error when there is none. */
    void delete(String key);

    @Override
    void close();

    /** The content of a small object; empty when there is none. */
    default Optional<byte[]> read(String key) {
        return open(key).map(stream -> {
            try (stream) {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new StoreUnavailableException("Reading '" + key + "' broke off", e);
            }
        });
    }

    /** Writes a file and tells what it is. */
    default ArtifactRef putArtifact(String key, Path file) throws IOException {
        String sha256 = Sha256.of(file);
        put(key, file);
        return new ArtifactRef(key, Files.size(file), sha256);
    }

    /**
     * Copies an artifact into a file that appears whole.
     *
     * @throws DamagedArtifactException when it is missing or its digest differs
     */
    default void fetch(ArtifactRef ref, Path target) throws IOException {
        Files.createDirectories(target.toAbsolutePath().getParent());
        Path partial = target.resolveSibling("." + target.getFileName() + ".partial");
        try (InputStream in = open(ref.key()).orElseThrow(() -> new DamagedArtifactException(ref, "is missing"))) {
            Files.copy(in, partial, StandardCopyOption.REPLACE_EXISTING);
        }
        if (!Sha256.of(partial).equals(ref.sha256())) {
            throw new DamagedArtifactException(ref, "is not what was committed (SHA-256 differs)");
        }
        Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The content of a small artifact, verified. */
    default byte[] fetch(ArtifactRef ref) {
        byte[] content = read(ref.key()).orElseThrow(() -> new DamagedArtifactException(ref, "is missing"));
        if (!ContractJson.sha256(content).equals(ref.sha256())) {
            throw new DamagedArtifactException(ref, "is not what was committed (SHA-256 differs)");
        }
        return content;
    }

    /** What an object is; empty when there is none. Reads all of it. */
    default Optional<ArtifactRef> identify(String key) {
        return open(key).map(stream -> {
            try (DigestInputStream in = Sha256.digesting(stream)) {
                long bytes = in.transferTo(OutputStream.nullOutputStream());
                return new ArtifactRef(
                        key,
                        bytes,
                        HexFormat.of().formatHex(in.getMessageDigest().digest()));
            } catch (IOException e) {
                throw new StoreUnavailableException("Reading '" + key + "' broke off", e);
            }
        });
    }
}
