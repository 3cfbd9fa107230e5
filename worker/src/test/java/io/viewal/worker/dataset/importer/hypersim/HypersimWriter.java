package io.viewal.worker.dataset.importer.hypersim;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.viewal.worker.dataset.Intrinsics;
import io.viewal.worker.dataset.SourceFrame;
import io.viewal.worker.dataset.importer.ImportTrial;
import io.viewal.worker.dataset.importer.PlainFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes a scene of Hypersim by the data set's description. */
public final class HypersimWriter {

    private static final double METRES_A_UNIT = 0.0254;

    private HypersimWriter() {}

    /** Writes the scene's folder, of one camera path. */
    public static void write(Path scene, List<SourceFrame> room) throws IOException {
        float[][][] orientations = new float[room.size()][3][3];
        float[][] positions = new float[room.size()][3];
        for (int i = 0; i < room.size(); i++) {
            double[] m = room.get(i).frame().pose().matrix();
            for (int row = 0; row < 3; row++) {
                orientations[i][row] =
                        new float[] {(float) m[4 * row], (float) -m[4 * row + 1], (float) -m[4 * row + 2]};
                positions[i][row] = (float) (m[4 * row + 3] / METRES_A_UNIT);
            }
            frame(scene, i, room.get(i));
        }
        hdf(scene.resolve("_detail/cam_00/camera_keyframe_orientations.hdf5"), orientations);
        hdf(scene.resolve("_detail/cam_00/camera_keyframe_positions.hdf5"), positions);
        Files.createDirectories(scene.resolve("_detail/mesh"));
        Files.writeString(
                scene.resolve("_detail/metadata_scene.csv"),
                "parameter_name,parameter_value\nmeters_per_asset_unit," + METRES_A_UNIT + "\n");
    }

    private static void frame(Path scene, int number, SourceFrame frame) throws IOException {
        Intrinsics k = frame.frame().intrinsics();
        float[][] rays = new float[ImportTrial.SIZE.height()][ImportTrial.SIZE.width()];
        short[][] labels = new short[ImportTrial.SIZE.height()][ImportTrial.SIZE.width()];
        for (int p = 0; p < frame.depth().length; p++) {
            int x = p % ImportTrial.SIZE.width();
            int y = p / ImportTrial.SIZE.width();
            double ray = Math.hypot(Math.hypot((x - k.cx()) / k.fx(), (y - k.cy()) / k.fy()), 1);
            rays[y][x] = frame.depth()[p] == 0 ? Float.NaN : (float) (frame.depth()[p] * ray);
            labels[y][x] = (short) (frame.labels()[p] == -1 ? -1 : frame.labels()[p] + 1);
        }
        String name = "frame.%04d".formatted(number);
        PlainFiles.color(
                scene.resolve("images/scene_cam_00_final_preview/" + name + ".tonemap.jpg"),
                frame.color(),
                ImportTrial.SIZE);
        hdf(geometry(scene, name + ".depth_meters.hdf5"), rays);
        hdf(geometry(scene, name + ".semantic.hdf5"), labels);
    }

    private static Path geometry(Path scene, String file) {
        return scene.resolve("images/scene_cam_00_geometry_hdf5").resolve(file);
    }

    static void hdf(Path file, Object array) throws IOException {
        Files.createDirectories(file.getParent());
        try (WritableHdfFile writer = HdfFile.write(file)) {
            writer.putDataset("dataset", array);
        }
    }
}
