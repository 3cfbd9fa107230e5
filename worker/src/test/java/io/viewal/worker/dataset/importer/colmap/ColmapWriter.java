package io.viewal.worker.dataset.importer.colmap;

import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Intrinsics;
import io.viewal.worker.dataset.SourceFrame;
import io.viewal.worker.dataset.importer.PlainFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Writes a model from COLMAP's description of its output alone; quaternions by the largest of their numbers. */
public final class ColmapWriter {

    private ColmapWriter() {}

    /** Writes a model with PINHOLE and SIMPLE cameras, images and depth into its folder. */
    public static void write(Path folder, List<SourceFrame> room, ImageSize size) throws IOException {
        Intrinsics k = room.getFirst().frame().intrinsics();
        StringBuilder images = new StringBuilder("# Image list with two lines of data per image:\n");
        for (int i = 0; i < room.size(); i++) {
            SourceFrame frame = room.get(i);
            String name = "left/%04d".formatted(i);
            images.append(line(i + 1, frame.frame().pose().matrix(), name + ".png"));
            images.append(i % 2 == 0 ? "2362.39 248.498 58396 1784.7 268.254 -1\n" : "\n");
            PlainFiles.color(folder.resolve("images/" + name + ".png"), frame.color(), size);
            PlainFiles.numbers(folder.resolve("depth/" + name + ".png"), PlainFiles.units(frame.depth(), 1000), size);
        }
        Files.createDirectories(folder.resolve("sparse/0"));
        Files.writeString(
                folder.resolve("sparse/0/cameras.txt"),
                "# Camera list with one line of data per camera:\n"
                        + "1 PINHOLE %d %d %s %s %s %s\n"
                                .formatted(size.width(), size.height(), k.fx(), k.fy(), k.cx() + 0.5, k.cy() + 0.5)
                        + "2 SIMPLE_PINHOLE %d %d %s %s %s\n"
                                .formatted(size.width(), size.height(), k.fx(), k.cx() + 0.5, k.cy() + 0.5)
                        + "3 OPENCV 160 120 100 100 80 60 0.1 0 0 0\n");
        Files.writeString(folder.resolve("sparse/0/images.txt"), images);
    }

    /** Writes the text model of a folder in COLMAP's binary form, in place of it. */
    static void binary(Path folder) throws IOException {
        Path sparse = folder.resolve("sparse/0");
        ByteBuffer cameras = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer images = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
        List<String> lines = lines(sparse.resolve("cameras.txt"), 2);
        cameras.putLong(lines.size());
        for (String line : lines) {
            String[] words = line.split(" ");
            cameras.putInt(Integer.parseInt(words[0]));
            cameras.putInt(List.of("SIMPLE_PINHOLE", "PINHOLE", "SIMPLE_RADIAL", "RADIAL", "OPENCV")
                    .indexOf(words[1]));
            cameras.putLong(Long.parseLong(words[2])).putLong(Long.parseLong(words[3]));
            for (int i = 4; i < words.length; i++) {
                cameras.putDouble(Double.parseDouble(words[i]));
            }
        }
        lines = lines(sparse.resolve("images.txt"), 10);
        images.putLong(lines.size());
        for (String line : lines) {
            String[] words = line.split(" ");
            images.putInt(Integer.parseInt(words[0]));
            for (int i = 1; i < 8; i++) {
                images.putDouble(Double.parseDouble(words[i]));
            }
            images.putInt(Integer.parseInt(words[8]));
            images.put(words[9].getBytes(StandardCharsets.UTF_8)).put((byte) 0);
            images.putLong(1).putDouble(7).putDouble(8).putLong(-1);
        }
        Files.write(sparse.resolve("cameras.bin"), Arrays.copyOf(cameras.array(), cameras.position()));
        Files.write(sparse.resolve("images.bin"), Arrays.copyOf(images.array(), images.position()));
        Files.delete(sparse.resolve("cameras.txt"));
        Files.delete(sparse.resolve("images.txt"));
    }

    private static List<String> lines(Path file, int words) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> !line.startsWith("#") && line.split(" ").length >= words)
                .toList();
    }

    /** World → camera: the transposed rotation, and the origin seen from the camera. */
    private static String line(int id, double[] m, String name) {
        double[] r = {m[0], m[4], m[8], m[1], m[5], m[9], m[2], m[6], m[10]};
        double[] t = new double[3];
        for (int row = 0; row < 3; row++) {
            t[row] = -(r[3 * row] * m[3] + r[3 * row + 1] * m[7] + r[3 * row + 2] * m[11]);
        }
        double[] q = quaternion(r);
        return String.format(
                Locale.ROOT,
                "%d %.15g %.15g %.15g %.15g %.15g %.15g %.15g %d %s%n",
                id,
                q[0],
                q[1],
                q[2],
                q[3],
                t[0],
                t[1],
                t[2],
                id % 2 + 1,
                name);
    }

    /** w, x, y, z. */
    private static double[] quaternion(double[] r) {
        double[] four = {1 + r[0] + r[4] + r[8], 1 + r[0] - r[4] - r[8], 1 - r[0] + r[4] - r[8], 1 - r[0] - r[4] + r[8]
        };
        int most = 0;
        for (int i = 1; i < 4; i++) {
            most = four[i] > four[most] ? i : most;
        }
        double s = Math.sqrt(four[most]);
        double[] wx = {s, (r[7] - r[5]) / s, (r[2] - r[6]) / s, (r[3] - r[1]) / s};
        double[] xw = {(r[7] - r[5]) / s, s, (r[3] + r[1]) / s, (r[6] + r[2]) / s};
        double[] yw = {(r[2] - r[6]) / s, (r[3] + r[1]) / s, s, (r[7] + r[5]) / s};
        double[] zw = {(r[3] - r[1]) / s, (r[6] + r[2]) / s, (r[7] + r[5]) / s, s};
        double[] q = List.of(wx, xw, yw, zw).get(most);
        return new double[] {q[0] / 2, q[1] / 2, q[2] / 2, q[3] / 2};
    }

    /** COLMAP's own maps in place of the PNGs. */
    static void stereo(Path folder, String image, float[] depth, ImageSize size) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes((size.width() + "&" + size.height() + "&1&").getBytes(StandardCharsets.US_ASCII));
        ByteBuffer floats = ByteBuffer.allocate(4 * depth.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float number : depth) {
            floats.putFloat(number);
        }
        out.writeBytes(floats.array());
        Path file = folder.resolve("stereo/depth_maps/" + image + ".geometric.bin");
        Files.createDirectories(file.getParent());
        Files.write(file, out.toByteArray());
    }
}
