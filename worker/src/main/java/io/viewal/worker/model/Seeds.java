package io.viewal.worker.model;

/** Independent seeds out of one, by SplitMix64's mixing (Steele et al., 2014). */
final class Seeds {

    private Seeds() {}

    /** A seed that depends on every part and their order. */
    static long mix(long seed, long... parts) {
        long z = finish(seed);
        for (long part : parts) {
            z = finish(z ^ finish(part));
        }
        return z;
    }

    private static long finish(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
