package io.viewal.worker.dataset.importer.tum;

import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.SourceFrame;
import io.viewal.worker.dataset.importer.PlainFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Writes a sequence from the benchmark's description of its file formats alone: depth comes 4 ms after colour. */
public final class TumWriter {

    private static final double START = 1305031102.175304;
    private static final double RATE = 1 / 30.0;

    private TumWriter() {}

    /** The time of a frame, so many seconds later. */
    public static String stamp(int frame, double offset) {
        return String.format(Locale.ROOT, "%.6f", START + frame * RATE + offset);
    }

    /** Writes a sequence. */
    public static void write(Path folder, List<SourceFrame> room, ImageSize size) throws IOException {
        StringBuilder colors = new StringBuilder("# color images\n# file: 'x.bag'\n# timestamp filename\n");
        StringBuilder depths = new StringBuilder("# depth maps\n# file: 'x.bag'\n# timestamp filename\n");
        StringBuilder poses = new StringBuilder("# ground truth trajectory\n# timestamp tx ty tz qx qy qz qw\n");
        for (int i = 0; i < room.size(); i++) {
            SourceFrame frame = room.get(i);
            String color = stamp(i, 0);
            String depth = stamp(i, 0.004);
            PlainFiles.color(folder.resolve("rgb/" + color + ".png"), frame.color(), size);
            PlainFiles.numbers(folder.resolve("depth/" + depth + ".png"), PlainFiles.units(frame.depth(), 5000), size);
            colors.append(color).append(" rgb/").append(color).append(".png\n");
            depths.append(depth).append(" depth/").append(depth).append(".png\n");
            // The tracker is faster than the camera: poses of other moments lie between.
            poses.append(line(stamp(i, -0.009), frame.frame().pose().matrix(), 5));
            poses.append(line(stamp(i, 0.001), frame.frame().pose().matrix(), 0));
            poses.append(line(stamp(i, 0.010), frame.frame().pose().matrix(), -5));
        }
        Files.writeString(folder.resolve("rgb.txt"), colors);
        Files.writeString(folder.resolve("depth.txt"), depths);
        Files.writeString(folder.resolve("groundtruth.txt"), poses);
    }

    private static String line(String stamp, double[] m, double shift) {
        double[] q = quaternion(m);
        return String.format(
                Locale.ROOT,
                "%s %.9f %.9f %.9f %.9f %.9f %.9f %.9f%n",
                stamp,
                m[3] + shift,
                m[7],
                m[11],
                q[0],
                q[1],
                q[2],
                q[3]);
    }

    /** x, y, z, w by the largest of the four (Shepperd 1978), of a row-major rotation. */
    static double[] quaternion(double[] m) {
        double[] squares = {
            1 + m[0] - m[5] - m[10], 1 - m[0] + m[5] - m[10], 1 - m[0] - m[5] + m[10], 1 + m[0] + m[5] + m[10]
        };
        int largest = 0;
        for (int i = 1; i < 4; i++) {
            largest = squares[i] > squares[largest] ? i : largest;
        }
        double d = 2 * Math.sqrt(squares[largest]);
        double xy = (m[1] + m[4]) / d;
        double xz = (m[2] + m[8]) / d;
        double yz = (m[6] + m[9]) / d;
        double xw = (m[9] - m[6]) / d;
        double yw = (m[2] - m[8]) / d;
        double zw = (m[4] - m[1]) / d;
        double own = d / 4;
        return switch (largest) {
            case 0 -> new double[] {own, xy, xz, xw};
            case 1 -> new double[] {xy, own, yz, yw};
            case 2 -> new double[] {xz, yz, own, zw};
            default -> new double[] {xw, yw, zw, own};
        };
    }
}
