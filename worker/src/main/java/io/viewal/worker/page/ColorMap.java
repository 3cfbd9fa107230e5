package io.viewal.worker.page;

/** A sequential scale of colours for heat maps, and what is done with colours, as 0xRRGGBB. */
final class ColorMap {

    /** Anchors of the inferno scale (matplotlib, CC0), dark to light, evenly spaced. */
    private static final int[] HEAT = {
        0x000004, 0x1b0c41, 0x4a0c6b, 0x781c6d, 0xa52c60, 0xcf4446, 0xed6925, 0xfb9b06, 0xf7d13d, 0xfcffa4
    };

    private ColorMap() {}

    /** The colour of a value from 0 to 1. */
    static int heat(double value) {
        double at = Math.clamp(value, 0, 1) * (HEAT.length - 1);
        int low = Math.min((int) at, HEAT.length - 2);
        return mixed(HEAT[low], HEAT[low + 1], at - low);
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
