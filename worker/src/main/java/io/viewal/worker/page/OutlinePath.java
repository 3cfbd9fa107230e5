package io.viewal.worker.page;

import io.viewal.worker.dataset.ImageSize;
import java.util.BitSet;

/** The border of a set of pixels as the {@code d} of an SVG path, along the pixels' edges, one closed loop after another. */
public final class OutlinePath {

    /** Steps along the edges: right, down, left, up. */
    private static final int[] STEP_X = {1, 0, -1, 0};

    private static final int[] STEP_Y = {0, 1, 0, -1};
    private static final String LETTERS = "hvhv";
    private static final int TURNS = 4;

    private final BitSet pixels;
    private final ImageSize size;
    private final BitSet topsDone = new BitSet();
    private final StringBuilder path = new StringBuilder();

    private OutlinePath(BitSet pixels, ImageSize size) {
        this.pixels = pixels;
        this.size = size;
    }

    /**
     * Draws the border; holes are loops of their own, to be filled by the rule {@code evenodd}.
     *
     * @param pixels by index in row order
     */
    public static String of(BitSet pixels, ImageSize size) {
        OutlinePath outline = new OutlinePath(pixels, size);
        // Every loop has an edge along which it goes right: the top of a pixel with none above.
        pixels.stream()
                .filter(pixel -> !outline.inside(pixel % size.width(), pixel / size.width() - 1))
                .filter(pixel -> !outline.topsDone.get(pixel))
                .forEach(pixel -> outline.loop(pixel % size.width(), pixel / size.width()));
        return outline.path.toString();
    }

    private boolean inside(int x, int y) {
        return x >= 0 && y >= 0 && x < size.width() && y < size.height() && pixels.get(y * size.width() + x);
    }

    /** Follows a border with the pixels at the right hand, from the upper left corner of a pixel. */
    private void loop(int startX, int startY) {
        int x = startX;
        int y = startY;
        int direction = 0;
        int run = 0;
        path.append('M').append(x).append(' ').append(y);
        do {
            if (direction == 0) {
                topsDone.set(y * size.width() + x);
            }
            x += STEP_X[direction];
            y += STEP_Y[direction];
            run++;
            int next = turn(x, y, direction);
            if (next != direction) {
                line(direction, run);
                run = 0;
            }
            direction = next;
        } while (x != startX || y != startY || direction != 0);
        path.append('z');
    }

    /** The direction after a corner of pixels: left where another pixel lies ahead at the left hand. */
    private int turn(int x, int y, int direction) {
        boolean right = ahead(x, y, direction, 1);
        boolean left = ahead(x, y, direction, -1);
        if (!right) {
            return (direction + 1) % TURNS;
        }
        return left ? (direction + TURNS - 1) % TURNS : direction;
    }

    /** Whether the pixel ahead of a corner, at the right (1) or left (−1) hand, is inside. */
    private boolean ahead(int x, int y, int direction, int hand) {
        int sideX = -STEP_Y[direction] * hand;
        int sideY = STEP_X[direction] * hand;
        int doubleX = STEP_X[direction] + sideX;
        int doubleY = STEP_Y[direction] + sideY;
        return inside(x + (doubleX - 1) / 2, y + (doubleY - 1) / 2);
    }

    private void line(int direction, int run) {
        int signed = STEP_X[direction] + STEP_Y[direction] > 0 ? run : -run;
        path.append(LETTERS.charAt(direction)).append(signed);
    }
}
