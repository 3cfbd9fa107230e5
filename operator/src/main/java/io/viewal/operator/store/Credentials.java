package io.viewal.operator.store;

/**
 * What opens a store.
 *
 * @param secretKey never shown
 */
record Credentials(String accessKey, String secretKey) {

    @Override
    public String toString() {
        return "Credentials[accessKey=" + accessKey + "]";
    }
}
