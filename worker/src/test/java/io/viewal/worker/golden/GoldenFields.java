package io.viewal.worker.golden;

/** Smooth random fields [240, 320] of the golden numbers, by integer arithmetic: a coarse grid, interpolated. */
public final class GoldenFields {

    private static final int CELL = 16;
    private static final int GRID_W = 21;
    private static final int GRID_H = 16;

    private GoldenFields() {}

    /** The values 0 to 255 [16, 21] of a channel. */
    public static int[] grid(int set, int frame, int layer, int channel) {
        int[] grid = new int[GRID_H * GRID_W];
        for (int y = 0; y < GRID_H; y++) {
            for (int x = 0; x < GRID_W; x++) {
                int index = ((((set * 64 + frame) * 32 + layer) * 64 + channel) * 32 + y) * 32 + x;
                grid[y * GRID_W + x] = mix(index ^ 0x9E3779B9) >>> 24;
            }
        }
        return grid;
    }

    /** 256 times the value at a pixel. */
    public static long interpolated(int[] grid, int y, int x) {
        int cell = y / CELL * GRID_W + x / CELL;
        int fy = y % CELL;
        int fx = x % CELL;
        return (long) (16 - fx) * ((16 - fy) * grid[cell] + fy * grid[cell + GRID_W])
                + (long) fx * ((16 - fy) * grid[cell + 1] + fy * grid[cell + GRID_W + 1]);
    }

    /** MurmurHash3's 32-bit finaliser. */
    public static int mix(int value) {
        int x = value;
        x ^= x >>> 16;
        x *= 0x85ebca6b;
        x ^= x >>> 13;
        x *= 0xc2b2ae35;
        return x ^ x >>> 16;
    }
}
