package io.viewal.operator.store;

import java.util.List;
import java.util.Optional;

/** The few things that the operator asks of a store. Each call may throw {@link StoreException}. */
interface ObjectStore {

    /**
     * A small object's content; empty when there is none.
     *
     * @param maxBytes how much is read: one byte more is returned of an object that is larger
     */
    Optional<byte[]> get(String key, int maxBytes);

    /** What an object is known by without reading it; empty when there is none. */
    Optional<Head> head(String key);

    /**
     * A part of an object's content.
     *
     * @param head as it was found; the call fails when the object is another one now
     */
    byte[] part(String key, Head head, long offset, int length);

    /** The size of an object, and what changes with its content. */
    record Head(long bytes, String etag) {}

    /** Writes an object, over the one that is there. */
    void put(String key, byte[] content);

    /**
     * Writes an object unless there is one.
     *
     * @return false when there was one
     */
    boolean putIfAbsent(String key, byte[] content);

    /** Removes an object; no error when there is none. */
    void delete(String key);

    /** The keys below a folder, in alphabetical order. */
    List<String> list(String folder);
}
