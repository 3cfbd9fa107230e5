package io.viewal.worker.store;

/** The store can't be reached for now; another attempt may help. */
public final class StoreUnavailableException extends RuntimeException {

    /** @param message names the store and the object */
    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
