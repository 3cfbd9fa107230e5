package io.viewal.worker.page;

import io.viewal.worker.dataset.CameraPose;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Intrinsics;
import io.viewal.worker.dataset.SourceFrame;
import io.viewal.worker.dataset.VoidLabel;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/** Coloured points of a scene, thinned out: every n-th pixel of every n-th row of each frame added. */
public final class PointCloud {

    /** x, y, z as float32, red, green, blue, class as uint8; little-endian. */
    private static final int POINT_BYTES = 16;

    private final ImageSize size;
    private final int step;
    private final ByteArrayOutputStream points = new ByteArrayOutputStream();
    private int count;

    /**
     * Starts a cloud.
     *
     * @param size of the frames
     * @param frames that will be added
     * @param most points
     */
    public PointCloud(ImageSize size, int frames, int most) {
        this.size = size;
        int root = 1;
        while (pointsAFrame(size, root) * frames > most && root < Math.max(size.width(), size.height())) {
            root++;
        }
        this.step = root;
    }

    private static long pointsAFrame(ImageSize size, int step) {
        return (long) ((size.width() + step - 1) / step) * ((size.height() + step - 1) / step);
    }

    /** Adds the pixels of a frame whose depth is known. */
    public void add(SourceFrame frame) {
        Intrinsics k = frame.frame().intrinsics();
        double[] pose = frame.frame().pose().matrix();
        for (int y = 0; y < size.height(); y += step) {
            for (int x = 0; x < size.width(); x += step) {
                int p = y * size.width() + x;
                double z = frame.depth()[p];
                if (z > 0) {
                    put(frame, p, world(pose, z * (x - k.cx()) / k.fx(), z * (y - k.cy()) / k.fy(), z));
                }
            }
        }
    }

    private void put(SourceFrame frame, int pixel, float[] at) {
        ByteBuffer point = ByteBuffer.allocate(POINT_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float coordinate : at) {
            point.putFloat(coordinate);
        }
        point.put(frame.color(), 3 * pixel, 3);
        point.put(frame.labels() == null ? (byte) VoidLabel.ID : frame.labels()[pixel]);
        points.writeBytes(point.array());
        count++;
    }

    /** A point in camera coordinates as world coordinates. */
    private static float[] world(double[] pose, double x, double y, double z) {
        float[] at = new float[3];
        for (int i = 0; i < 3; i++) {
            at[i] = (float) (pose[4 * i] * x + pose[4 * i + 1] * y + pose[4 * i + 2] * z + pose[4 * i + 3]);
        }
        return at;
    }

    /**
     * What the page draws of a camera: its centre and the four corners of its image, {@code reach} metres away.
     *
     * @return 15 numbers, five points in world coordinates
     */
    static float[] frustum(Intrinsics k, CameraPose pose, ImageSize size, double reach) {
        double[] matrix = pose.matrix();
        float[] points = new float[15];
        double[][] pixels = {
            {-0.5, -0.5},
            {size.width() - 0.5, -0.5},
            {size.width() - 0.5, size.height() - 0.5},
            {-0.5, size.height() - 0.5}
        };
        System.arraycopy(world(matrix, 0, 0, 0), 0, points, 0, 3);
        for (int i = 0; i < pixels.length; i++) {
            float[] corner = world(
                    matrix, reach * (pixels[i][0] - k.cx()) / k.fx(), reach * (pixels[i][1] - k.cy()) / k.fy(), reach);
            System.arraycopy(corner, 0, points, 3 * (i + 1), 3);
        }
        return points;
    }

    /** Points so far. */
    public int count() {
        return count;
    }

    /** The points, {@value #POINT_BYTES} bytes each. */
    String base64() {
        return Base64.getEncoder().encodeToString(points.toByteArray());
    }
}
