package io.viewal.worker.page;

import io.viewal.worker.dataset.ImageSize;
import java.util.Arrays;
import java.util.Locale;

/** A map of bits as a picture with its scale beside it. No font is needed, so every machine draws the same bytes. */
public final class HeatMap {

    /** The share of values that the scale covers; the few above it are as bright as its end. */
    private static final double COVERED = 0.99;

    private static final int GAP = 8;
    private static final int BAR = 10;
    private static final int BACKGROUND = 0xffffff;
    private static final int INK = 0x1f2933;

    /** Rows of three bits, top first: digits, point, and the letters of "bits". */
    private static final String SYMBOLS = "0123456789.bits";

    private static final int[] GLYPHS = {
        0b111_101_101_101_111,
        0b010_110_010_010_111,
        0b111_001_111_100_111,
        0b111_001_111_001_111,
        0b101_101_111_001_001,
        0b111_100_111_001_111,
        0b111_100_111_101_111,
        0b111_001_010_010_010,
        0b111_101_111_101_111,
        0b111_101_111_001_111,
        0b000_000_000_000_010,
        0b100_100_111_101_111,
        0b010_000_010_010_010,
        0b010_111_010_010_011,
        0b011_100_010_001_110,
    };
    private static final int GLYPH_WIDTH = 3;
    private static final int GLYPH_HEIGHT = 5;
    private static final int ZOOM = 2;
    private static final int ADVANCE = (GLYPH_WIDTH + 1) * ZOOM;

    private final ImageSize size;
    private final int[] pixels;

    private HeatMap(ImageSize size) {
        this.size = size;
        this.pixels = new int[size.pixels()];
        Arrays.fill(pixels, BACKGROUND);
    }

    /**
     * The map as PNG, dark for 0 and bright for {@code most}, with a scale at its right.
     *
     * @param map float32 [height, width], bits
     */
    public static byte[] png(float[] map, ImageSize mapSize, double most) {
        String top = number(most);
        int legend = GAP + BAR + GAP + Math.max(top.length(), "bits".length()) * ADVANCE + GAP;
        HeatMap picture = new HeatMap(new ImageSize(mapSize.width() + legend, mapSize.height()));
        for (int i = 0; i < map.length; i++) {
            picture.dot(i % mapSize.width(), i / mapSize.width(), color(map[i], most));
        }
        int left = mapSize.width() + GAP;
        for (int y = 0; y < mapSize.height(); y++) {
            int shade = ColorMap.heat(1 - (double) y / Math.max(1, mapSize.height() - 1));
            for (int x = 0; x < BAR; x++) {
                picture.dot(left + x, y, shade);
            }
        }
        int text = left + BAR + GAP;
        int line = GLYPH_HEIGHT * ZOOM;
        picture.write(top, text, ZOOM);
        picture.write("bits", text, line + ZOOM * 3);
        picture.write("0", text, mapSize.height() - line - ZOOM);
        return Picture.png(picture.pixels, picture.size);
    }

    /** The end of a scale that shows the values of these maps well: almost all are below it. */
    public static double scale(Iterable<float[]> maps) {
        int count = 0;
        for (float[] map : maps) {
            count += map.length;
        }
        float[] all = new float[count];
        int at = 0;
        for (float[] map : maps) {
            System.arraycopy(map, 0, all, at, map.length);
            at += map.length;
        }
        Arrays.sort(all);
        double covered = count == 0 ? 0 : all[(int) Math.min(count - 1L, Math.round(COVERED * count))];
        // A map of zeros but for a few pixels has its largest value at the end.
        return covered > 0 || count == 0 ? covered : all[count - 1];
    }

    /** A value's colour. */
    static int color(double value, double most) {
        return ColorMap.heat(most > 0 ? value / most : 0);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private void write(String text, int left, int top) {
        for (int i = 0; i < text.length(); i++) {
            int glyph = GLYPHS[SYMBOLS.indexOf(text.charAt(i))];
            for (int bit = 0; bit < GLYPH_WIDTH * GLYPH_HEIGHT; bit++) {
                if ((glyph >> (GLYPH_WIDTH * GLYPH_HEIGHT - 1 - bit) & 1) != 0) {
                    square(left + i * ADVANCE + bit % GLYPH_WIDTH * ZOOM, top + bit / GLYPH_WIDTH * ZOOM);
                }
            }
        }
    }

    private void square(int left, int top) {
        for (int y = 0; y < ZOOM; y++) {
            for (int x = 0; x < ZOOM; x++) {
                dot(left + x, top + y, INK);
            }
        }
    }

    private void dot(int x, int y, int color) {
        if (x < size.width() && y >= 0 && y < size.height()) {
            pixels[y * size.width() + x] = color;
        }
    }
}
