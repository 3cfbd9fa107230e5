package io.viewal.worker.dataset;

/** Element types of the arrays here, as NumPy writes them. */
enum NpyType {
    UINT8("|u1", 1),
    UINT16("<u2", 2),
    FLOAT32("<f4", 4);

    private final String descriptor;
    private final int bytes;

    NpyType(String descriptor, int bytes) {
        this.descriptor = descriptor;
        this.bytes = bytes;
    }

    String descriptor() {
        return descriptor;
    }

    int bytes() {
        return bytes;
    }
}
