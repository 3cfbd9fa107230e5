package io.viewal.worker.dataset.importer.scannet;

import static org.assertj.core.api.Assertions.assertThat;

import io.viewal.worker.SharedData;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Intrinsics;
import io.viewal.worker.dataset.SourceFrame;
import io.viewal.worker.dataset.SourceScene;
import io.viewal.worker.dataset.importer.ImportReport;
import io.viewal.worker.dataset.importer.ImportTrial;
import io.viewal.worker.dataset.interchange.DirectorySceneSource;
import io.viewal.worker.dataset.interchange.TransformsScenes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The published sample, imported and read back, against what the published implementation decoded. */
class ScanNetSampleTest {

    private static final ImageSize SIZE = new ImageSize(320, 240);
    private static final int FRAMES = 10;

    @Test
    void importedFramesEqualThePublishedInputs(@TempDir Path out) throws IOException {
        Path sample = SharedData.folder("scannet-sample");
        Path golden = SharedData.folder("golden").resolve("scene0007_00");
        ImportReport report = ImportTrial.run(new ScanNetFramesImporter(), sample, out);
        assertThat(report.sceneCount()).isEqualTo(2);
        assertThat(report.frameCount()).isEqualTo(37);
        assertThat(report.leftOutLines()).isEmpty();
        SourceScene scene = new TransformsScenes(new DirectorySceneSource(out)).open("scene0007_00", SIZE, 40);
        assertThat(scene.frameNames()).hasSize(FRAMES);

        ByteBuffer color = data(golden.resolve("in_color_rgb_u8.npy"));
        ByteBuffer depth = data(golden.resolve("in_depth_mm_u16.npy"));
        ByteBuffer labels = data(golden.resolve("in_label_u8.npy"));
        ByteBuffer superpixels = data(golden.resolve("in_superpixel_u8.npy"));
        ByteBuffer poses = data(golden.resolve("in_pose_cam2world_f64.npy"));
        ByteBuffer k = data(golden.resolve("in_intrinsic_320x240_f64.npy"));
        Intrinsics intrinsics = new Intrinsics(k.getDouble(0), k.getDouble(40), k.getDouble(16), k.getDouble(48));
        for (int i = 0; i < FRAMES; i++) {
            SourceFrame frame = scene.read(i);
            assertThat(frame.frame().intrinsics()).isEqualTo(intrinsics);
            for (double number : frame.frame().pose().matrix()) {
                assertThat(number).isEqualTo(poses.getDouble());
            }
            for (int p = 0; p < SIZE.pixels(); p++) {
                assertEqual(frame.depth()[p], (float) (depth.getChar() / 1000.0), "depth", i, p);
                assertEqual(frame.labels()[p], labels.get(), "label", i, p);
                assertEqual(frame.superpixels()[p], Byte.toUnsignedInt(superpixels.get()), "superpixel", i, p);
            }
            for (byte sample8 : frame.color()) {
                assertEqual(sample8, color.get(), "color", i, color.position());
            }
        }
    }

    /** Cheaper than an assertion a pixel. */
    private static void assertEqual(float actual, float expected, String what, int frame, int pixel) {
        if (actual != expected) {
            assertThat(actual)
                    .as("%s of frame %d, pixel %d", what, frame, pixel)
                    .isEqualTo(expected);
        }
    }

    private static ByteBuffer data(Path npy) throws IOException {
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(npy)).order(ByteOrder.LITTLE_ENDIAN);
        int header = 10 + file.getChar(8);
        return file.slice(header, file.capacity() - header).order(ByteOrder.LITTLE_ENDIAN);
    }
}
