package io.viewal.contract;

import java.util.Objects;

/**
 * An immutable object in the store.
 *
 * @param key the object's key, relative to the root of the store (the bucket, or the directory)
 * @param bytes its size in bytes; null where whoever names it knows its content alone
 * @param sha256 lower-case hexadecimal SHA-256 of its content; readers verify it
 */
public record ArtifactRef(String key, Long bytes, String sha256) {

    public ArtifactRef {
        StoreKeys.requireSafe(key);
        Objects.requireNonNull(sha256, "sha256");
    }

    /** One whose size is known. */
    public ArtifactRef(String key, long bytes, String sha256) {
        this(key, (Long) bytes, sha256);
    }
}
