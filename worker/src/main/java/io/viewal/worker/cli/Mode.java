package io.viewal.worker.cli;

/** How scores are computed and regions chosen; the names are those of a round's {@code mode}. */
enum Mode {
    /** As the method means it. */
    CORRECTED,
    /** As the published code does it, its defects included. */
    REFERENCE;

    /** As a round's declaration has it. */
    String key() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    @Override
    public String toString() {
        return key();
    }
}
