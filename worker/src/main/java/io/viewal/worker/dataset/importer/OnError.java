package io.viewal.worker.dataset.importer;

/** What an import does with frames and scenes that are broken. */
public enum OnError {
    /** It ends with the first one; finished scenes stay. */
    FAIL("fail"),
    /** It leaves them out and says so in its report. */
    SKIP("skip");

    private final String key;

    OnError(String key) {
        this.key = key;
    }

    /** The name that users give. */
    @Override
    public String toString() {
        return key;
    }
}
