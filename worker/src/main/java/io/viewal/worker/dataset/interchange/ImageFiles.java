package io.viewal.worker.dataset.interchange;

import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.opencv.NativeJpeg;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferUShort;
import java.awt.image.IndexColorModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes and encodes images: the usual kinds by fast codecs, all others and what is damaged by the JDK's, to the same
 * numbers. These come out as they are stored: no gamma, no colour profile, a palette's indices and not its colours for
 * integer images.
 */
public final class ImageFiles {

    /** More than any camera makes, and little enough that a forged header can't exhaust the heap. */
    static final long MAX_PIXELS = 64L << 20;

    private ImageFiles() {}

    /**
     * Decodes a PNG or JPEG colour image; grey becomes equal channels, transparency is dropped.
     *
     * @throws IOException when it can't be decoded, is to be turned by its EXIF orientation, or is larger than 64 megapixels
     */
    public static ColorImage readColor(byte[] file) throws IOException {
        ExifOrientation.requireUpright(file);
        ImageSize simple = JpegScan.simple(file);
        return simple == null ? readAnyColor(file) : new ColorImage(simple, NativeJpeg.rgb(file, simple));
    }

    /**
     * The size of a colour image that can be decoded, as {@link #readColor} would, without doing so where a look at its
     * code is enough.
     *
     * @throws IOException as {@link #readColor}
     */
    public static ImageSize colorSize(byte[] file) throws IOException {
        ExifOrientation.requireUpright(file);
        ImageSize simple = JpegScan.simple(file);
        return simple == null ? readAnyColor(file).size() : simple;
    }

    private static ColorImage readAnyColor(byte[] file) throws IOException {
        BufferedImage image = read(file);
        ImageSize size = new ImageSize(image.getWidth(), image.getHeight());
        byte[] rgb = new byte[size.pixels() * 3];
        if (image.getColorModel() instanceof IndexColorModel palette) {
            copyPalette(image.getRaster(), palette, rgb);
        } else if (image.getType() == BufferedImage.TYPE_3BYTE_BGR) {
            copyReversed(((DataBufferByte) image.getRaster().getDataBuffer()).getData(), rgb);
        } else {
            copyBands(image.getRaster(), rgb);
        }
        return new ColorImage(size, rgb);
    }

    /**
     * Decodes a grey or palette PNG of at most 16 bits.
     *
     * @throws IOException when it can't be decoded, has colour channels, or is larger than 64 megapixels
     */
    public static IntegerImage readInteger(byte[] file) throws IOException {
        IntegerImage plain = GreyPngReader.read(file);
        return plain == null ? readAnyInteger(file) : plain;
    }

    private static IntegerImage readAnyInteger(byte[] file) throws IOException {
        BufferedImage image = read(file);
        Raster raster = image.getRaster();
        if (raster.getNumBands() != 1) {
            throw new IOException("it has " + raster.getNumBands() + " channels, expected one number a pixel");
        }
        ImageSize size = new ImageSize(image.getWidth(), image.getHeight());
        char[] values = new char[size.pixels()];
        copyNumbers(raster, values);
        return new IntegerImage(size, raster.getSampleModel().getSampleSize(0), values);
    }

    /** Takes whole bytes and words from where they lie, which is many times as fast as asking for each. */
    private static void copyNumbers(Raster raster, char[] values) {
        boolean dense = raster.getSampleModel() instanceof PixelInterleavedSampleModel
                && raster.getDataBuffer().getSize() == values.length;
        if (dense && raster.getDataBuffer() instanceof DataBufferUShort words) {
            short[] data = words.getData();
            for (int p = 0; p < values.length; p++) {
                values[p] = (char) data[p];
            }
        } else if (dense && raster.getDataBuffer() instanceof DataBufferByte bytes) {
            byte[] data = bytes.getData();
            for (int p = 0; p < values.length; p++) {
                values[p] = (char) (data[p] & 0xff);
            }
        } else {
            int[] row = new int[raster.getWidth()];
            for (int y = 0; y < raster.getHeight(); y++) {
                raster.getSamples(0, y, row.length, 1, 0, row);
                for (int x = 0; x < row.length; x++) {
                    values[y * row.length + x] = (char) row[x];
                }
            }
        }
    }

    /** Encodes a grey PNG of 8 or 16 bits, as the image says. */
    public static byte[] png(IntegerImage image) {
        int width = image.size().width();
        int height = image.size().height();
        BufferedImage grey;
        if (image.bits() > 8) {
            grey = new BufferedImage(width, height, BufferedImage.TYPE_USHORT_GRAY);
            short[] data = ((DataBufferUShort) grey.getRaster().getDataBuffer()).getData();
            for (int p = 0; p < data.length; p++) {
                data[p] = (short) image.values()[p];
            }
        } else {
            grey = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
            byte[] data = ((DataBufferByte) grey.getRaster().getDataBuffer()).getData();
            for (int p = 0; p < data.length; p++) {
                data[p] = (byte) image.values()[p];
            }
        }
        return encode(grey);
    }

    /** Encodes an RGB PNG. */
    public static byte[] png(ColorImage image) {
        BufferedImage bgr =
                new BufferedImage(image.size().width(), image.size().height(), BufferedImage.TYPE_3BYTE_BGR);
        copyReversed(image.rgb(), ((DataBufferByte) bgr.getRaster().getDataBuffer()).getData());
        return encode(bgr);
    }

    private static byte[] encode(BufferedImage image) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(image, "png", out)) {
                throw new IllegalStateException("This Java runtime has no PNG encoder");
            }
        } catch (IOException e) {
            throw new IllegalStateException("Writing to memory failed", e);
        }
        return out.toByteArray();
    }

    private static BufferedImage read(byte[] file) throws IOException {
        try (ImageInputStream input = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
            if (!readers.hasNext()) {
                throw new IOException("it is neither a PNG nor a JPEG");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(input, true, true);
                long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
                if (pixels > MAX_PIXELS) {
                    throw new IOException("it has " + pixels + " pixels, more than " + MAX_PIXELS);
                }
                return whole(reader);
            } catch (RuntimeException e) {
                // The codecs report some broken files by unchecked exceptions.
                throw new IOException("it can't be decoded: " + e, e);
            } finally {
                reader.dispose();
            }
        }
    }

    /** The JPEG codec fills what a cut-off file lacks with grey and merely warns. */
    private static BufferedImage whole(ImageReader reader) throws IOException {
        List<String> warnings = new ArrayList<>();
        reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
        BufferedImage image = reader.read(0);
        for (String warning : warnings) {
            if (warning.contains("Truncated") || warning.contains("premature end")) {
                throw new IOException("it is cut off or damaged: " + warning);
            }
        }
        return image;
    }

    private static void copyReversed(byte[] from, byte[] to) {
        for (int i = 0; i < to.length; i += 3) {
            to[i] = from[i + 2];
            to[i + 1] = from[i + 1];
            to[i + 2] = from[i];
        }
    }

    private static void copyPalette(Raster raster, IndexColorModel palette, byte[] rgb) {
        for (int p = 0; p < rgb.length / 3; p++) {
            int color = palette.getRGB(raster.getSample(p % raster.getWidth(), p / raster.getWidth(), 0));
            rgb[p * 3] = (byte) (color >> 16);
            rgb[p * 3 + 1] = (byte) (color >> 8);
            rgb[p * 3 + 2] = (byte) color;
        }
    }

    private static void copyBands(Raster raster, byte[] rgb) {
        int bands = raster.getNumBands();
        int drop = raster.getSampleModel().getSampleSize(0) - 8;
        int[] row = new int[raster.getWidth() * bands];
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(0, y, raster.getWidth(), 1, row);
            for (int x = 0; x < raster.getWidth(); x++) {
                for (int c = 0; c < 3; c++) {
                    int sample = row[x * bands + (bands < 3 ? 0 : c)];
                    rgb[(y * raster.getWidth() + x) * 3 + c] = (byte) (sample >> drop);
                }
            }
        }
    }
}
