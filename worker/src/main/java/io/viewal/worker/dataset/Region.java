package io.viewal.worker.dataset;

import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a frame that is labeled at once. Its text stands in the tables' column {@code superpixel}: a superpixel's id,
 * {@code -1} for a whole frame, or a window as {@code <width>x<height>+<column>+<row>} of its upper left pixel.
 */
public sealed interface Region {

    /** All of a frame. */
    Region WHOLE_FRAME = new WholeFrame();

    /** The pixels of a frame that belong to the region, by their index in row order. */
    BitSet pixels(char[] superpixels, ImageSize size);

    /** All of a frame; write {@link #WHOLE_FRAME}. */
    record WholeFrame() implements Region {

        @Override
        public BitSet pixels(char[] superpixels, ImageSize size) {
            BitSet pixels = new BitSet();
            pixels.set(0, size.pixels());
            return pixels;
        }

        @Override
        public String toString() {
            return "-1";
        }
    }

    /** The pixels with one id in the frame's superpixel map. */
    record Superpixel(int id) implements Region {

        private static final Pattern TEXT = Pattern.compile("\\d{1,9}");

        @Override
        public BitSet pixels(char[] superpixels, ImageSize size) {
            BitSet pixels = new BitSet();
            for (int pixel = 0; pixel < superpixels.length; pixel++) {
                pixels.set(pixel, superpixels[pixel] == id);
            }
            return pixels;
        }

        @Override
        public String toString() {
            return Integer.toString(id);
        }
    }

    /** A rectangle, whatever the superpixels; in pixels, what lies outside the frame counts for nothing. */
    record Window(int column, int row, int width, int height) implements Region {

        private static final Pattern TEXT =
                Pattern.compile("([1-9]\\d{0,5})x([1-9]\\d{0,5})\\+(\\d{1,6})\\+(\\d{1,6})");

        @Override
        public BitSet pixels(char[] superpixels, ImageSize size) {
            BitSet pixels = new BitSet();
            int right = Math.min(column + width, size.width());
            for (int y = row; y < Math.min(row + height, size.height()) && column < right; y++) {
                pixels.set(y * size.width() + column, y * size.width() + right);
            }
            return pixels;
        }

        @Override
        public String toString() {
            return width + "x" + height + "+" + column + "+" + row;
        }
    }

    /**
     * The region that a text stands for.
     *
     * @throws IllegalArgumentException when it stands for none
     */
    static Region parse(String text) {
        Matcher window = Window.TEXT.matcher(text);
        if (window.matches()) {
            return new Window(
                    Integer.parseInt(window.group(3)),
                    Integer.parseInt(window.group(4)),
                    Integer.parseInt(window.group(1)),
                    Integer.parseInt(window.group(2)));
        }
        if (Superpixel.TEXT.matcher(text).matches()) {
            return new Superpixel(Integer.parseInt(text));
        }
        if (text.equals(WHOLE_FRAME.toString())) {
            return WHOLE_FRAME;
        }
        throw new IllegalArgumentException("'" + text
                + "' is no region: expected a superpixel's id, -1 for a whole frame, or a window such as 65x65+0+0");
    }
}
