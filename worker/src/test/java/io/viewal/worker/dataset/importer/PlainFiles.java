package io.viewal.worker.dataset.importer;

import io.viewal.worker.dataset.ImageSize;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Writes images by the JDK's codecs alone, for the writers of foreign layouts. */
public final class PlainFiles {

    private PlainFiles() {}

    /** A PNG or JPEG of red, green, blue bytes. */
    public static void color(Path file, byte[] rgb, ImageSize size) throws IOException {
        BufferedImage image = new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_INT_RGB);
        for (int p = 0; p < size.pixels(); p++) {
            int color = (rgb[3 * p] & 255) << 16 | (rgb[3 * p + 1] & 255) << 8 | rgb[3 * p + 2] & 255;
            image.setRGB(p % size.width(), p / size.width(), color);
        }
        write(file, image);
    }

    /** A 16-bit grey PNG. */
    public static void numbers(Path file, char[] values, ImageSize size) throws IOException {
        BufferedImage image = new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_USHORT_GRAY);
        for (int p = 0; p < values.length; p++) {
            image.getRaster().setSample(p % size.width(), p / size.width(), 0, values[p]);
        }
        write(file, image);
    }

    /** An 8-bit grey PNG. */
    public static void bytes(Path file, byte[] values, ImageSize size) throws IOException {
        BufferedImage image = new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_BYTE_GRAY);
        for (int p = 0; p < values.length; p++) {
            image.getRaster().setSample(p % size.width(), p / size.width(), 0, values[p] & 255);
        }
        write(file, image);
    }

    /** Depth in whole units. */
    public static char[] units(float[] metres, double unitsAMetre) {
        char[] units = new char[metres.length];
        for (int p = 0; p < units.length; p++) {
            units[p] = (char) Math.round(metres[p] * unitsAMetre);
        }
        return units;
    }

    private static void write(Path file, BufferedImage image) throws IOException {
        Files.createDirectories(file.getParent());
        String name = file.getFileName().toString();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), out);
        Files.write(file, out.toByteArray());
    }
}
