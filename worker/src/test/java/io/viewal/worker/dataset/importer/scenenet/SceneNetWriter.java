package io.viewal.worker.dataset.importer.scenenet;

import io.viewal.worker.dataset.CameraPose;
import io.viewal.worker.dataset.Frame;
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
import java.util.ArrayList;
import java.util.List;

/**
 * Writes trajectories by {@code scenenet.proto} and images as the data set's description says: ray-length depth in
 * millimetres, instances for labels. The data set has one camera, which never rolls, in a world whose y points up, so that
 * {@link #retake} first takes a room's frames anew.
 */
public final class SceneNetWriter {

    /** Of the frames to retake. */
    public static final ImageSize TAKEN = new ImageSize(400, 300);

    static final ImageSize SIZE = new ImageSize(320, 240);
    static final double FX = 160 / Math.tan(Math.PI / 6);
    static final double FY = 120 / Math.tan(Math.PI / 8);

    private SceneNetWriter() {}

    /** Writes frames of 400 x 300, retaken by the data set's camera, as trajectory val/0/223. */
    public static void write(Path source, List<SourceFrame> room) throws IOException {
        List<SourceFrame> retaken = new ArrayList<>();
        for (SourceFrame frame : room) {
            retaken.add(retake(frame, TAKEN));
        }
        Files.createDirectories(source);
        Files.write(source.resolve("scenenet_rgbd_val.pb"), trajectories("0/223", retaken));
        Files.writeString(source.resolve(ObjectClasses.FILE), table());
        for (int i = 0; i < retaken.size(); i++) {
            images(source.resolve("val/0/223"), 25 * i, retaken.get(i));
        }
    }

    /** The frame as the data set's camera sees it: nearest pixels, at the same place, in a world with y upward. */
    static SourceFrame retake(SourceFrame frame, ImageSize size) {
        double[] m = yUp(frame.frame().pose().matrix());
        double[] level = level(m);
        Intrinsics k = frame.frame().intrinsics();
        byte[] color = new byte[3 * SIZE.pixels()];
        float[] depth = new float[SIZE.pixels()];
        byte[] labels = new byte[SIZE.pixels()];
        for (int p = 0; p < depth.length; p++) {
            double[] ray = {(p % 320 + 0.5 - 160) / FX, (p / 320 + 0.5 - 120) / FY, 1};
            double[] rolled = new double[3];
            for (int axis = 0; axis < 3; axis++) {
                for (int world = 0; world < 3; world++) {
                    double along = 0;
                    for (int own = 0; own < 3; own++) {
                        along += level[4 * world + own] * ray[own];
                    }
                    rolled[axis] += m[4 * world + axis] * along;
                }
            }
            long x = Math.round(k.fx() * rolled[0] / rolled[2] + k.cx());
            long y = Math.round(k.fy() * rolled[1] / rolled[2] + k.cy());
            boolean seen = x >= 0 && y >= 0 && x < size.width() && y < size.height();
            int from = seen ? (int) (y * size.width() + x) : 0;
            depth[p] = seen ? frame.depth()[from] : 0;
            labels[p] = seen ? frame.labels()[from] : (byte) 255;
            System.arraycopy(frame.color(), 3 * from, color, 3 * p, 3);
        }
        Frame camera = new Frame(frame.frame().name(), new Intrinsics(FX, FY, 159.5, 119.5), new CameraPose(level));
        return new SourceFrame(camera, color, depth, labels, null);
    }

    /** From a world whose z points up. */
    private static double[] yUp(double[] m) {
        double[] turned = m.clone();
        for (int column = 0; column < 4; column++) {
            turned[4 + column] = m[8 + column];
            turned[8 + column] = -m[4 + column];
        }
        return turned;
    }

    /** Turned about the axis of sight until x is level. */
    private static double[] level(double[] m) {
        double fx = m[2];
        double fy = m[6];
        double fz = m[10];
        double norm = Math.hypot(fx, fz);
        double rx = -fz / norm;
        double rz = fx / norm;
        return new double[] {rx, fy * rz, fx, m[3], 0, fz * rx - fx * rz, fy, m[7], rz, -fy * rx, fz, m[11], 0, 0, 0, 1
        };
    }

    /** The message Trajectories with one trajectory; its instances 1 to 13 are the classes 0 to 12. */
    static byte[] trajectories(String renderPath, List<SourceFrame> room) {
        return message(1, trajectory(renderPath, room));
    }

    private static byte[] trajectory(String renderPath, List<SourceFrame> room) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(message(1, join(number(1, 2), text(2, "bedroom/x.obj"))));
        out.writeBytes(message(2, join(number(1, 0), number(4, 1))));
        for (int i = 0; i < 13; i++) {
            byte[] kind = join(number(1, i + 1), text(2, wordNetId(i)), text(3, "thing" + i), number(4, 4));
            out.writeBytes(message(2, join(kind, message(6, join(text(1, "hash"), real(2, 0.5f))))));
        }
        for (int i = 0; i < room.size(); i++) {
            out.writeBytes(message(3, view(25 * i, room.get(i).frame().pose().matrix())));
        }
        out.writeBytes(text(4, renderPath));
        return out.toByteArray();
    }

    /** The shutter opens a little to one side and closes as far to the other. */
    private static byte[] view(int number, double[] m) {
        return join(number(1, number), message(2, pose(m, 0.01)), message(3, pose(m, -0.01)));
    }

    private static byte[] pose(double[] m, double side) {
        byte[] camera = position(m[3] + side, m[7], m[11]);
        byte[] target = position(m[3] + side + 2 * m[2], m[7] + 2 * m[6], m[11] + 2 * m[10]);
        return join(message(1, camera), message(2, target), real(3, 0.5f));
    }

    private static byte[] position(double x, double y, double z) {
        return join(real(1, (float) x), real(2, (float) y), real(3, (float) z));
    }

    static String wordNetId(int classId) {
        return "0%07d".formatted(4_000_000 + classId);
    }

    static String table() {
        String[] names = {
            "Bed",
            "Books",
            "Ceiling",
            "Chair",
            "Floor",
            "Furniture",
            "Objects",
            "Picture",
            "Sofa",
            "Table",
            "TV",
            "Wall",
            "Window"
        };
        StringBuilder text = new StringBuilder("wnid     name         13_classes\n");
        for (int i = 0; i < 13; i++) {
            text.append(Integer.parseInt(wordNetId(i)))
                    .append("  thing.n.01   ")
                    .append(names[i])
                    .append('\n');
        }
        return text.append("5000000  nothing.n.01   Unknown\n").toString();
    }

    static void images(Path folder, int number, SourceFrame frame) throws IOException {
        PlainFiles.color(folder.resolve("photo/" + number + ".jpg"), frame.color(), SIZE);
        char[] rays = new char[SIZE.pixels()];
        byte[] instances = new byte[SIZE.pixels()];
        for (int p = 0; p < rays.length; p++) {
            double x = (p % 320 + 0.5 - 160) / FX;
            double y = (p / 320 + 0.5 - 120) / FY;
            rays[p] = (char) Math.round(1000 * frame.depth()[p] * Math.sqrt(1 + x * x + y * y));
            instances[p] = (byte) (frame.labels()[p] + 1);
        }
        PlainFiles.numbers(folder.resolve("depth/" + number + ".png"), rays, SIZE);
        PlainFiles.bytes(folder.resolve("instance/" + number + ".png"), instances, SIZE);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    static byte[] message(int field, byte[] content) {
        return join(varint(field << 3 | 2), varint(content.length), content);
    }

    private static byte[] text(int field, String text) {
        return message(field, text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] number(int field, int value) {
        return join(varint(field << 3), varint(value));
    }

    private static byte[] real(int field, float value) {
        byte[] bits = ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(value)
                .array();
        return join(varint(field << 3 | 5), bits);
    }

    private static byte[] varint(int value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int rest = value;
        while (rest >= 0x80) {
            out.write(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
        return out.toByteArray();
    }
}
