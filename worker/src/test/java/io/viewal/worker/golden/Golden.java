package io.viewal.worker.golden;

import io.viewal.worker.dataset.CameraPose;
import io.viewal.worker.dataset.Frame;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Intrinsics;
import io.viewal.worker.geometry.SceneGeometry;
import io.viewal.worker.kernel.Projection;
import io.viewal.worker.kernel.ProjectionRule;
import io.viewal.worker.npy.NpyFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** The numbers that the published implementation computes on ten real ScanNet frames, kept outside the repository. */
public final class Golden {

    public static final ImageSize SIZE = new ImageSize(320, 240);
    public static final int CLASSES = 40;
    public static final int FRAMES = 10;

    private final Path root;

    private Golden(Path root) {
        this.root = root;
    }

    /** The folder {@code golden}; where there is none the test is skipped, or fails when CI is true. */
    public static Golden require() {
        String shared = System.getenv("VIEWAL_SHARED");
        Path directory = Path.of("").toAbsolutePath();
        while (shared == null && directory != null) {
            if (Files.isDirectory(directory.resolve("shared/data/golden"))) {
                shared = directory.resolve("shared").toString();
            }
            directory = directory.getParent();
        }
        if (shared == null) {
            String message = "No golden numbers: shared/data/golden beside the repository, or VIEWAL_SHARED";
            if ("true".equals(System.getenv("CI"))) {
                throw new AssertionError(message);
            }
            Assumptions.abort(message);
        }
        return new Golden(Path.of(shared).resolve("data/golden"));
    }

    /** A file of the scene. */
    public NpyFile scene(String name) throws IOException {
        return NpyFile.open(root.resolve("scene0007_00").resolve(name + ".npy"));
    }

    public Path file(String name) {
        return root.resolve(name);
    }

    /** The scene's geometry by a rule. */
    public SceneGeometry geometry(ProjectionRule rule, Projection projection) throws IOException {
        NpyFile k = scene("in_intrinsic_320x240_f64");
        NpyFile poses = scene("in_pose_cam2world_f64");
        NpyFile depth = scene("in_depth_mm_u16");
        Intrinsics intrinsics = new Intrinsics(k.get(0), k.get(5), k.get(2), k.get(6));
        List<Frame> frames = new ArrayList<>();
        for (int f = 0; f < FRAMES; f++) {
            double[] pose = new double[16];
            for (int i = 0; i < 16; i++) {
                pose[i] = poses.get(f * 16 + i);
            }
            frames.add(new Frame("frame-" + f, intrinsics, new CameraPose(pose)));
        }
        return new SceneGeometry(SIZE, frames, f -> MemorySegment.ofArray(metres(depth, f)), rule, projection);
    }

    private static float[] metres(NpyFile depth, int frame) {
        float[] metres = depth.floats((long) frame * SIZE.pixels(), SIZE.pixels());
        for (int i = 0; i < metres.length; i++) {
            metres[i] = (float) (metres[i] / 1000.0);
        }
        return metres;
    }

    /** The superpixels of a frame. */
    public char[] superpixels(int frame) throws IOException {
        byte[] ids = scene("in_superpixel_u8").bytes((long) frame * SIZE.pixels(), SIZE.pixels());
        char[] superpixels = new char[ids.length];
        for (int i = 0; i < ids.length; i++) {
            superpixels[i] = (char) ids[i];
        }
        return superpixels;
    }

    /** The ground truth of a frame, 255 = void. */
    public byte[] labels(int frame) throws IOException {
        return scene("in_label_u8").bytes((long) frame * SIZE.pixels(), SIZE.pixels());
    }
}
