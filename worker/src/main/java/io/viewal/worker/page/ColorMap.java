package io.viewal.worker.page;

/** Colours, as 0xRRGGBB: a sequential scale for heat maps and a palette for classes. */
final class ColorMap {

    /** Anchors of the inferno scale (matplotlib, CC0), dark to light, evenly spaced. */
    private static final int[] HEAT = {
        0x000004, 0x1b0c41, 0x4a0c6b, 0x781c6d, 0xa52c60, 0xcf4446, 0xed6925, 0xfb9b06, 0xf7d13d, 0xfcffa4
    };

    private static final int UNLABELED = 0x2b2f36;

    private ColorMap() {}

    /** The colour of a value from 0 to 1. */
    static int heat(double value) {
        double at = Math.clamp(value, 0, 1) * (HEAT.length - 1);
        int low = Math.min((int) at, HEAT.length - 2);
        return mixed(HEAT[low], HEAT[low + 1], at - low);
    }

    /** The colour of a class: hues a golden angle apart, in three lightnesses, so that neighbours differ. */
    static int ofClass(int id) {
        if (id == 255) {
            return UNLABELED;
        }
        float hue = (float) (id * 0.61803398875 % 1);
        float saturation = id % 3 == 1 ? 0.45f : 0.7f;
        float brightness = id % 3 == 2 ? 0.62f : 0.92f;
        return java.awt.Color.HSBtoRGB(hue, saturation, brightness) & 0xffffff;
    }

    /** A colour between two. */
    static int mixed(int a, int b, double share) {
        int color = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            double channel = (a >> shift & 0xff) * (1 - share) + (b >> shift & 0xff) * share;
            color |= (int) Math.round(channel) << shift;
        }
        return color;
    }

    /** {@code #rrggbb}. */
    static String css(int color) {
        return "#%06x".formatted(color);
    }
}
