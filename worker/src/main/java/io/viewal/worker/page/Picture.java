package io.viewal.worker.page;

import io.viewal.worker.dataset.ClassColors;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.VoidLabel;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/** A small RGB picture of a frame. */
public final class Picture {

    private final ImageSize size;
    private final int[] pixels;

    private Picture(ImageSize size) {
        this.size = size;
        this.pixels = new int[size.pixels()];
    }

    /** The frame itself: uint8 [height, width, 3]. */
    public static Picture photo(byte[] rgb, ImageSize size) {
        Picture picture = new Picture(size);
        for (int i = 0; i < picture.pixels.length; i++) {
            picture.pixels[i] = (rgb[3 * i] & 0xff) << 16 | (rgb[3 * i + 1] & 0xff) << 8 | rgb[3 * i + 2] & 0xff;
        }
        return picture;
    }

    /** Class ids in their colours: uint8 [height, width]. */
    static Picture classes(byte[] ids, ImageSize size) {
        Picture picture = new Picture(size);
        for (int i = 0; i < picture.pixels.length; i++) {
            picture.pixels[i] = ClassColors.of(ids[i] & 0xff);
        }
        return picture;
    }

    /** A map on the heat scale from 0 to {@code most}: float32 [height, width]. */
    static Picture heat(float[] map, double most, ImageSize size) {
        Picture picture = new Picture(size);
        for (int i = 0; i < picture.pixels.length; i++) {
            picture.pixels[i] = HeatMap.color(map[i], most);
        }
        return picture;
    }

    /** Labels over the frame, propagated ones paler; where there is none the frame shines through, darkened. */
    static Picture labels(byte[] ids, byte[] propagated, byte[] rgb, ImageSize size) {
        Picture picture = photo(rgb, size);
        for (int i = 0; i < picture.pixels.length; i++) {
            boolean own = ids[i] != (byte) VoidLabel.ID;
            int id = (own ? ids[i] : propagated[i]) & 0xff;
            picture.pixels[i] = id == VoidLabel.ID
                    ? ColorMap.mixed(picture.pixels[i], 0, 0.55)
                    : ColorMap.mixed(picture.pixels[i], ClassColors.of(id), own ? 0.8 : 0.4);
        }
        return picture;
    }

    /**
     * Dims what was not chosen and outlines what was.
     *
     * @param regions the number of each pixel's chosen region: int32 [height, width], 0 for none
     */
    Picture outlined(int[] regions, int color) {
        Picture picture = new Picture(size);
        int width = size.width();
        for (int y = 0; y < size.height(); y++) {
            for (int x = 0; x < width; x++) {
                int i = y * width + x;
                boolean inside = regions[i] != 0;
                picture.pixels[i] = inside ? pixels[i] : ColorMap.mixed(pixels[i], 0, 0.45);
                if (inside && border(regions, x, y)) {
                    picture.pixels[i] = color;
                }
            }
        }
        return picture;
    }

    private boolean border(int[] regions, int x, int y) {
        int width = size.width();
        int own = regions[y * width + x];
        return x == 0
                || y == 0
                || x == width - 1
                || y == size.height() - 1
                || regions[y * width + x - 1] != own
                || regions[y * width + x + 1] != own
                || regions[(y - 1) * width + x] != own
                || regions[(y + 1) * width + x] != own;
    }

    /** The picture as a PNG file. */
    public byte[] png() {
        return png(pixels, size);
    }

    /** The picture as a PNG data URI. */
    String dataUri() {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png(pixels, size));
    }

    /** The picture as a JPEG data URI: a tenth of the size, for photographs. */
    String jpegUri() {
        return "data:image/jpeg;base64,"
                + Base64.getEncoder().encodeToString(encoded(pixels, size, BufferedImage.TYPE_INT_RGB, "jpeg"));
    }

    /** The borders of regions on a transparent ground, as a PNG data URI: uint16 [height, width]. */
    static String borders(char[] regions, int color, ImageSize size) {
        int[] argb = new int[regions.length];
        for (int p = 0; p < argb.length; p++) {
            boolean right = (p + 1) % size.width() != 0 && regions[p] != regions[p + 1];
            boolean below = p + size.width() < argb.length && regions[p] != regions[p + size.width()];
            argb[p] = right || below ? 0xff << 24 | color : 0;
        }
        byte[] png = encoded(argb, size, BufferedImage.TYPE_INT_ARGB, "png");
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
    }

    /** Colours as a PNG file: 0xRRGGBB [height, width]. */
    static byte[] png(int[] colors, ImageSize size) {
        return encoded(colors, size, BufferedImage.TYPE_INT_RGB, "png");
    }

    private static byte[] encoded(int[] colors, ImageSize size, int type, String format) {
        BufferedImage image = new BufferedImage(size.width(), size.height(), type);
        image.setRGB(0, 0, size.width(), size.height(), colors, 0, size.width());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, format, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
