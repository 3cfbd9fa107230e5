package io.viewal.operator.store;

import java.util.Optional;

/** The few things that the operator asks of a store. Each call may throw {@link StoreException}. */
interface ObjectStore {

    /**
     * A small object's content; empty when there is none.
     *
     * @param maxBytes how much is read: one byte more is returned of an object that is larger
     */
    Optional<byte[]> get(String key, int maxBytes);

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
}
