package io.viewal.worker.dataset.importer.scannet;

import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Intrinsics;
import io.viewal.worker.dataset.SourceFrame;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

/**
 * Writes {@code .sens} files from the description in ScanNet's {@code SensReader} alone: little-endian, version 4, JPEG
 * colour at twice the size of depth, zlib depth in millimetres. What it writes can be made wrong in many ways.
 */
public final class SensWriter {

    int version = 4;
    int colorCoding = 2;
    int depthCoding = 1;
    float colorOffset;
    final List<Entry> frames = new ArrayList<>();

    private final ImageSize size;
    private final Intrinsics depthCamera;

    /** A frame as it goes into the file. */
    static final class Entry {
        float[] pose = new float[16];
        byte[] color;
        byte[] depth;
    }

    /** @param room frames of one camera and size */
    public SensWriter(List<SourceFrame> room, ImageSize size) throws IOException {
        this.size = size;
        this.depthCamera = room.getFirst().frame().intrinsics();
        for (SourceFrame frame : room) {
            Entry entry = new Entry();
            double[] matrix = frame.frame().pose().matrix();
            for (int i = 0; i < 16; i++) {
                entry.pose[i] = (float) matrix[i];
            }
            entry.color = jpeg(frame.color(), size, new ImageSize(2 * size.width(), 2 * size.height()));
            entry.depth = deflate(millimetres(frame.depth()));
            frames.add(entry);
        }
    }

    /** The file. */
    public byte[] bytes() {
        int capacity = 1000;
        for (Entry frame : frames) {
            capacity += 96 + frame.color.length + frame.depth.length;
        }
        ByteBuffer out = ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
        byte[] name = "StructureSensor".getBytes(StandardCharsets.US_ASCII);
        out.putInt(version).putLong(name.length).put(name);
        camera(out, 2, colorOffset);
        identity(out);
        camera(out, 1, 0);
        identity(out);
        out.putInt(colorCoding).putInt(depthCoding);
        out.putInt(2 * size.width()).putInt(2 * size.height());
        out.putInt(size.width()).putInt(size.height());
        out.putFloat(1000);
        out.putLong(frames.size());
        for (Entry frame : frames) {
            for (float number : frame.pose) {
                out.putFloat(number);
            }
            out.putLong(0).putLong(0);
            out.putLong(frame.color.length).putLong(frame.depth.length);
            out.put(frame.color).put(frame.depth);
        }
        // No frames of the inertial sensor.
        out.putLong(0);
        byte[] file = new byte[out.position()];
        out.flip().get(file);
        return file;
    }

    private void camera(ByteBuffer out, float zoom, float offset) {
        float[] matrix = {
            zoom * (float) depthCamera.fx(),
            0,
            zoom * (float) depthCamera.cx() + offset,
            0,
            0,
            zoom * (float) depthCamera.fy(),
            zoom * (float) depthCamera.cy(),
            0,
            0,
            0,
            1,
            0,
            0,
            0,
            0,
            1
        };
        for (float number : matrix) {
            out.putFloat(number);
        }
    }

    private static void identity(ByteBuffer out) {
        for (int i = 0; i < 16; i++) {
            out.putFloat(i % 5 == 0 ? 1 : 0);
        }
    }

    static byte[] millimetres(float[] depth) {
        ByteBuffer units = ByteBuffer.allocate(2 * depth.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float metres : depth) {
            units.putShort((short) Math.round(1000 * metres));
        }
        return units.array();
    }

    static byte[] deflate(byte[] plain) {
        Deflater deflater = new Deflater();
        deflater.setInput(plain);
        deflater.finish();
        byte[] packed = new byte[plain.length + 1000];
        int length = deflater.deflate(packed);
        deflater.end();
        return java.util.Arrays.copyOf(packed, length);
    }

    static byte[] jpeg(byte[] rgb, ImageSize from, ImageSize to) throws IOException {
        BufferedImage image = new BufferedImage(from.width(), from.height(), BufferedImage.TYPE_INT_RGB);
        for (int p = 0; p < from.pixels(); p++) {
            int color = (rgb[3 * p] & 255) << 16 | (rgb[3 * p + 1] & 255) << 8 | rgb[3 * p + 2] & 255;
            image.setRGB(p % from.width(), p / from.width(), color);
        }
        BufferedImage scaled = new BufferedImage(to.width(), to.height(), BufferedImage.TYPE_INT_RGB);
        scaled.getGraphics()
                .drawImage(image.getScaledInstance(to.width(), to.height(), Image.SCALE_REPLICATE), 0, 0, null);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(scaled, "jpg", out);
        return out.toByteArray();
    }

    /** 16-bit maps of raw ids at the colour's size: the room's label × 100 + 7, 0 for void. */
    static byte[] rawLabels(byte[] labels, ImageSize size) throws IOException {
        BufferedImage map = new BufferedImage(2 * size.width(), 2 * size.height(), BufferedImage.TYPE_USHORT_GRAY);
        for (int y = 0; y < map.getHeight(); y++) {
            for (int x = 0; x < map.getWidth(); x++) {
                int label = labels[y / 2 * size.width() + x / 2] & 255;
                map.getRaster().setSample(x, y, 0, label == 255 ? 0 : 100 * label + 7);
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(map, "png", out);
        return out.toByteArray();
    }

    /** Writes {@code <scan>_2d-label-filt.zip}. */
    public static void labelArchive(Path zip, List<SourceFrame> room, ImageSize size) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("label-filt/"));
            for (int i = 0; i < room.size(); i++) {
                out.putNextEntry(new ZipEntry("label-filt/" + i + ".png"));
                out.write(rawLabels(room.get(i).labels(), size));
            }
        }
    }

    /** The columns of {@code scannetv2-labels.combined.tsv} around those that count. */
    public static String table() {
        StringBuilder text = new StringBuilder("id\traw_category\tcategory\tcount\tnyu40id\teigen13id\n");
        for (int label = 0; label < 13; label++) {
            text.append(100 * label + 7)
                    .append("\tsome thing\tthing\t12\t")
                    .append(label + 1)
                    .append("\t3\n");
        }
        return text.append("4000\tunknown\tthing\t1\t\t0\n").toString();
    }
}
