package io.viewal.worker.dataset.importer.matterport;

import io.viewal.worker.dataset.SourceFrame;
import io.viewal.worker.dataset.importer.ImportTrial;
import io.viewal.worker.dataset.importer.PlainFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes a house of Matterport3D by the data set's own description. */
public final class MatterportWriter {

    private MatterportWriter() {}

    /** Two rooms, whose cameras differ, make a house of two cameras; the folder has the house's name. */
    public static void write(Path house, List<SourceFrame> front, List<SourceFrame> back) throws IOException {
        StringBuilder config =
                new StringBuilder("dataset matterport\nn_images %d\n\n".formatted(front.size() + back.size())
                        + "depth_directory undistorted_depth_images\ncolor_directory undistorted_color_images\n");
        camera(house, config, front, 0, 0);
        camera(house, config, back, 1, 50);
        Path file = house.resolve("undistorted_camera_parameters/" + house.getFileName() + ".conf");
        Files.createDirectories(file.getParent());
        Files.writeString(file, config);
    }

    /** By the data set's own description: OpenGL's axes, rows counted from the bottom, 0.25 mm, ids from 1. */
    private static void camera(Path house, StringBuilder config, List<SourceFrame> frames, int camera, double apart)
            throws IOException {
        var k = frames.getFirst().frame().intrinsics();
        config.append("\nintrinsics_matrix %s 0 %s  0 %s %s 0 0 1\n"
                .formatted(k.fx(), k.cx(), k.fy(), ImportTrial.SIZE.height() - 1 - k.cy()));
        for (int i = 0; i < frames.size(); i++) {
            SourceFrame frame = frames.get(i);
            String name = "a%d_i%d_%d".formatted(i, camera, i);
            String depth = "a%d_d%d_%d".formatted(i, camera, i);
            double[] m = frame.frame().pose().matrix();
            config.append("scan ").append(depth).append(".png ").append(name).append(".jpg");
            for (int j = 0; j < 16; j++) {
                boolean turned = j < 12 && (j % 4 == 1 || j % 4 == 2);
                config.append(' ').append((turned ? -m[j] : m[j]) + (j == 3 ? apart : 0));
            }
            config.append('\n');
            PlainFiles.color(
                    house.resolve("undistorted_color_images/" + name + ".jpg"), frame.color(), ImportTrial.SIZE);
            PlainFiles.numbers(
                    house.resolve("undistorted_depth_images/" + depth + ".png"),
                    PlainFiles.units(frame.depth(), 4000),
                    ImportTrial.SIZE);
            byte[] ids = frame.labels().clone();
            for (int p = 0; p < ids.length; p++) {
                ids[p] = (byte) (ids[p] == (byte) 255 ? 41 : ids[p] + 1);
            }
            PlainFiles.bytes(house.resolve("labels/" + name + ".png"), ids, ImportTrial.SIZE);
        }
    }
}
