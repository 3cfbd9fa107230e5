package io.viewal.worker.dataset.synthetic;

/**
 * A stream of random numbers (SplitMix64, Steele et al. 2014): its own code, so that the numbers never change with the
 * platform. Streams of different keys are independent.
 */
final class Draw {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long state;

    private Draw(long state) {
        this.state = state;
    }

    /** The stream of a seed and what it is for. */
    static Draw of(long seed, long... keys) {
        long state = mix(seed + GOLDEN);
        for (long key : keys) {
            state = mix(state ^ mix(key + GOLDEN));
        }
        return new Draw(state);
    }

    /** Scrambles all 64 bits. */
    static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }

    long bits() {
        state += GOLDEN;
        return mix(state);
    }

    /** Uniform in [0, 1). */
    double unit() {
        return (bits() >>> 11) * 0x1p-53;
    }

    /** Uniform in [low, high). */
    double between(double low, double high) {
        return low + (high - low) * unit();
    }

    /** Uniform in 0 … count − 1. */
    int index(int count) {
        return (int) (unit() * count);
    }

    /** Uniform in low … high. */
    int whole(int low, int high) {
        return low + index(high - low + 1);
    }

    boolean chance(double probability) {
        return unit() < probability;
    }

    <T> T choose(T[] values) {
        return values[index(values.length)];
    }
}
