package io.viewal.worker.dataset.inspect;

import io.viewal.worker.dataset.ClassColors;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.interchange.ColorImage;
import io.viewal.worker.dataset.interchange.ImageFiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A picture of many frames. Each frame is a column of three tiles: colour with superpixel outlines, depth, labels. No
 * text is drawn, so no fonts are needed.
 */
public final class ContactSheet {

    private static final int GAP = 4;
    private static final byte BACKGROUND = 24;
    private static final int TILES = 3;

    /** The far end of the depth colours, metres. */
    private static final double FAR = 6;

    private final ImageSize tile;
    private final int columns;
    private final List<byte[][]> frames = new ArrayList<>();

    /**
     * Starts a sheet.
     *
     * @param tile size of the frames
     * @param columns frames side by side
     */
    public ContactSheet(ImageSize tile, int columns) {
        this.tile = tile;
        this.columns = columns;
    }

    /**
     * Adds a frame.
     *
     * @param color uint8 [height, width, 3]
     * @param depth float32 [height, width] metres
     * @param labels uint8 [height, width]; null: none
     * @param superpixels uint16 [height, width]; null: none
     */
    public void add(byte[] color, float[] depth, byte[] labels, char[] superpixels) {
        byte[] outlined = color.clone();
        byte[] depthTile = new byte[color.length];
        byte[] labelTile = new byte[color.length];
        for (int p = 0; p < tile.pixels(); p++) {
            if (superpixels != null && onOutline(superpixels, p)) {
                paint(outlined, p, 0xFFE000);
            }
            paint(depthTile, p, depthColor(depth[p]));
            paint(labelTile, p, labels == null ? 0 : ClassColors.of(Byte.toUnsignedInt(labels[p])));
        }
        frames.add(new byte[][] {outlined, depthTile, labelTile});
    }

    /** The sheet as PNG. */
    public byte[] png() {
        int rows = (frames.size() + columns - 1) / columns;
        ImageSize size = new ImageSize(
                columns * (tile.width() + GAP) + GAP, Math.max(1, rows) * TILES * (tile.height() + GAP) + GAP);
        byte[] sheet = new byte[size.pixels() * 3];
        Arrays.fill(sheet, BACKGROUND);
        for (int i = 0; i < frames.size(); i++) {
            int left = GAP + i % columns * (tile.width() + GAP);
            for (int t = 0; t < TILES; t++) {
                int top = GAP + (i / columns * TILES + t) * (tile.height() + GAP);
                for (int y = 0; y < tile.height(); y++) {
                    int to = ((top + y) * size.width() + left) * 3;
                    System.arraycopy(frames.get(i)[t], y * tile.width() * 3, sheet, to, tile.width() * 3);
                }
            }
        }
        return ImageFiles.png(new ColorImage(size, sheet));
    }

    /** Near is bright yellow, far is blue, unknown is black. */
    private static int depthColor(float metres) {
        if (metres <= 0) {
            return 0;
        }
        double far = Math.min(1, metres / FAR);
        int red = (int) (255 * (1 - far));
        int green = (int) (230 * (1 - far * far));
        int blue = (int) (60 + 180 * far);
        return red << 16 | green << 8 | blue;
    }

    private boolean onOutline(char[] ids, int p) {
        int x = p % tile.width();
        return x + 1 < tile.width() && ids[p] != ids[p + 1]
                || p + tile.width() < ids.length && ids[p] != ids[p + tile.width()];
    }

    private static void paint(byte[] rgb, int p, int color) {
        rgb[p * 3] = (byte) (color >> 16);
        rgb[p * 3 + 1] = (byte) (color >> 8);
        rgb[p * 3 + 2] = (byte) color;
    }
}
