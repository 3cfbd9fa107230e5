package io.viewal.worker.kernel;

/** How predictions lie in memory: the classes of a pixel side by side, so that a hit reads one run of bytes. */
public final class ProbabilityLayout {

    /** Classes are padded with zeros to a multiple of this, so that no vector loop has a tail. */
    public static final int ALIGNMENT = 8;

    private ProbabilityLayout() {}

    /** Floats a pixel. */
    public static int stride(int classes) {
        return (classes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
