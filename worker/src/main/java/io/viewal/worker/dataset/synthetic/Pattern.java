package io.viewal.worker.dataset.synthetic;

/**
 * How a surface's colours are laid out. A pattern gives a number in [0, 1] for a place on the surface, which picks from
 * the material's palette. Coordinates are in units of the pattern's own size, so that a scale stretches it.
 */
enum Pattern {
    /** One colour. */
    PLAIN {
        @Override
        double at(double u, double v, int seed) {
            return 0;
        }
    },
    /** Carpet, cloth, plaster: fine grain. */
    GRAIN {
        @Override
        double at(double u, double v, int seed) {
            return 0.6 * Noise.smooth(u, v, seed) + 0.4 * Noise.smooth(2.3 * u, 2.3 * v, seed + 7);
        }
    },
    /** Wood: fibres along u. */
    WOOD {
        @Override
        double at(double u, double v, int seed) {
            double warp = 1.5 * Noise.smooth(0.3 * u, 0.8 * v, seed);
            return 0.55 * wave(2 * v + warp) + 0.45 * Noise.smooth(0.6 * u, 9 * v, seed + 1);
        }
    },
    /** Floor boards, four units long and one wide, with gaps. */
    PLANKS {
        @Override
        double at(double u, double v, int seed) {
            long row = (long) Math.floor(v);
            double along = u / 4 + Noise.cell(row, 0, seed);
            double tone = Noise.cell((long) Math.floor(along), row, seed + 1);
            boolean gap = v - row < 0.05 || along - Math.floor(along) < 0.012;
            return gap ? 1 : 0.65 * tone + 0.25 * Noise.smooth(0.7 * u, 9 * v, seed + 2);
        }
    },
    /** Square tiles with grout. */
    TILES {
        @Override
        double at(double u, double v, int seed) {
            double x = u - Math.floor(u);
            double y = v - Math.floor(v);
            boolean grout = x < 0.05 || y < 0.05;
            return grout ? 1 : 0.3 * Noise.cell((long) Math.floor(u), (long) Math.floor(v), seed);
        }
    },
    /** Two-coloured squares. */
    CHECKS {
        @Override
        double at(double u, double v, int seed) {
            return ((long) Math.floor(u) + (long) Math.floor(v) & 1) == 0 ? 0.05 : 0.95;
        }
    },
    /** Stripes along v. */
    STRIPES {
        @Override
        double at(double u, double v, int seed) {
            double x = u - Math.floor(u);
            return x < 0.42 ? 0.05 : x < 0.5 || x > 0.92 ? 0.5 : 0.95;
        }
    },
    /** Crossed stripes. */
    PLAID {
        @Override
        double at(double u, double v, int seed) {
            return 0.5 * (wave(u) > 0.6 ? 1 : 0) + 0.5 * (wave(v) > 0.6 ? 1 : 0);
        }
    },
    /** Round dots. */
    DOTS {
        @Override
        double at(double u, double v, int seed) {
            double x = u - Math.floor(u) - 0.5;
            double y = v - Math.floor(v) - 0.5;
            return x * x + y * y < 0.07 ? 1 : 0.05;
        }
    },
    /** Wallpaper: soft repeated ornaments. */
    ORNAMENT {
        @Override
        double at(double u, double v, int seed) {
            double a = wave(u + 0.5 * Math.floor(v)) * wave(v);
            double b = wave(2 * u + 0.3) * wave(2 * v + 0.1);
            return Math.min(1, 0.7 * a + 0.4 * b);
        }
    },
    /** A painting or a poster: large fields of the palette with strokes. */
    PAINTING {
        @Override
        double at(double u, double v, int seed) {
            double warp = 2 * Noise.smooth(1.5 * u, 1.5 * v, seed + 3);
            double field = Noise.cloud(1.3 * u + warp, 1.3 * v - warp, seed);
            return clamp((field - 0.2) * 1.7 + 0.12 * (Noise.smooth(14 * u, 5 * v, seed + 9) - 0.5));
        }
    },
    /** Bright sky over a darker, ragged horizon. */
    OUTDOORS {
        @Override
        double at(double u, double v, int seed) {
            double horizon = -0.35 + 0.6 * Noise.cloud(1.2 * u, 0, seed);
            return v < horizon ? 0.55 + 0.45 * Noise.cloud(5 * u, 5 * v, seed + 4) : 0.45 * Noise.cloud(u, 2 * v, seed);
        }
    };

    /** The pattern's number at a place, in [0, 1]. */
    abstract double at(double u, double v, int seed);

    /** A triangle wave of period 1 in [0, 1]. */
    private static double wave(double x) {
        return Math.abs(2 * (x - Math.floor(x)) - 1);
    }

    private static double clamp(double x) {
        return Math.max(0, Math.min(1, x));
    }
}
