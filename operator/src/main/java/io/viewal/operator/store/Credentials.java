package io.viewal.operator.store;

/**
 * Keys that open a store.
 *
 * @param secretKey never shown
 * @param sessionToken of keys that are temporary, never shown; null: they are not
 */
record Credentials(String accessKey, String secretKey, String sessionToken) {

    @Override
    public String toString() {
        return "Credentials[accessKey=" + accessKey + "]";
    }
}
