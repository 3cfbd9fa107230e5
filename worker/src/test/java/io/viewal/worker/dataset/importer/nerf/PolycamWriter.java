package io.viewal.worker.dataset.importer.nerf;

import io.viewal.worker.dataset.Intrinsics;
import io.viewal.worker.dataset.SourceFrame;
import io.viewal.worker.dataset.importer.ImportTrial;
import io.viewal.worker.dataset.importer.PlainFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes a capture as Polycam exports it: corrected cameras, and drifted ones beside them. */
public final class PolycamWriter {

    private PolycamWriter() {}

    static String stamp(int frame) {
        return "" + (131_540_000_000L + 66_000 * frame);
    }

    /** Writes {@code keyframes} into the capture's folder. */
    public static void write(Path capture, List<SourceFrame> room) throws IOException {
        for (int i = 0; i < room.size(); i++) {
            SourceFrame frame = room.get(i);
            PlainFiles.color(
                    capture.resolve("keyframes/corrected_images/" + stamp(i) + ".jpg"),
                    frame.color(),
                    ImportTrial.SIZE);
            PlainFiles.numbers(
                    capture.resolve("keyframes/depth/" + stamp(i) + ".png"),
                    PlainFiles.units(frame.depth(), 1000),
                    ImportTrial.SIZE);
            camera(capture, "corrected_cameras", i, frame, frame.frame().pose().matrix());
            double[] drifted = frame.frame().pose().matrix();
            drifted[3] += 0.2 * i;
            camera(capture, "cameras", i, frame, drifted);
        }
    }

    /** As the app exports a camera: the first three rows with x right, y up, z backward. */
    private static void camera(Path capture, String folder, int number, SourceFrame frame, double[] m)
            throws IOException {
        Intrinsics k = frame.frame().intrinsics();
        StringBuilder json = new StringBuilder("{\"angular_velocity\": 0.02, \"blur_score\": 91.5");
        json.append(", \"fx\": %s, \"fy\": %s, \"cx\": %s, \"cy\": %s".formatted(k.fx(), k.fy(), k.cx(), k.cy()));
        json.append(", \"width\": 160, \"height\": 120");
        for (int i = 0; i < 12; i++) {
            double number16 = i % 4 == 1 || i % 4 == 2 ? -m[i] : m[i];
            json.append(", \"t_").append(i / 4).append(i % 4).append("\": ").append(number16);
        }
        Path file = capture.resolve("keyframes").resolve(folder).resolve(stamp(number) + ".json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, json.append("}"));
    }
}
