package io.viewal.worker.dataset.opencv;

import io.viewal.worker.dataset.Distortion;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Intrinsics;
import java.util.OptionalInt;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.ShortPointer;
import org.bytedeco.opencv.global.opencv_calib3d;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Makes the images of a pinhole camera of those of a lens with distortion, by OpenCV's calib3d. The pinhole camera has the
 * same pose and image size, and sees as much as it can without a pixel that the lens did not see. Depth keeps its meaning:
 * a pixel takes the number of the pixel with the same ray.
 */
public final class Undistortion {

    static {
        OpenCvLibraries.load();
    }

    private static final int SIDE = 3;

    private final Intrinsics lens;
    private final Distortion distortion;
    private final ImageSize size;
    private final Intrinsics pinhole;

    /**
     * Finds the pinhole camera.
     *
     * @param lens the camera's intrinsics, in pixels of {@code size}
     * @throws IllegalArgumentException when no pinhole camera sees what the lens saw
     */
    public Undistortion(Intrinsics lens, Distortion distortion, ImageSize size) {
        this.lens = lens;
        this.distortion = distortion;
        this.size = size;
        this.pinhole = pinhole();
    }

    /** The new camera, in pixels of the size that the lens is for. */
    public Intrinsics camera() {
        return pinhole;
    }

    private Intrinsics pinhole() {
        try (Mat k = matrix(lens);
                Mat d = coefficients();
                Size pixels = new Size(size.width(), size.height());
                Mat rotation = Mat.eye(SIDE, SIDE, opencv_core.CV_64F).asMat()) {
            Mat made;
            if (distortion.model() == Distortion.Model.FISHEYE) {
                made = new Mat();
                opencv_calib3d.fisheyeEstimateNewCameraMatrixForUndistortRectify(
                        k, d, pixels, rotation, made, 0, pixels, 1);
            } else {
                made = opencv_calib3d.getOptimalNewCameraMatrix(k, d, pixels, 0, pixels, (Rect) null, false);
            }
            try (made) {
                double[] numbers = new double[SIDE * SIDE];
                try (DoublePointer data = new DoublePointer(made.data())) {
                    data.get(numbers);
                }
                return new Intrinsics(numbers[0], numbers[4], numbers[2], numbers[5]);
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the lens " + distortion + " can't be undistorted: " + e.getMessage(), e);
        }
    }

    /**
     * A colour image, bilinear.
     *
     * @param rgb uint8 [height, width, 3]
     */
    public byte[] color(byte[] rgb, ImageSize image) {
        byte[] result = new byte[rgb.length];
        try (BytePointer bytes = new BytePointer(rgb);
                Mat from = new Mat(image.height(), image.width(), opencv_core.CV_8UC3, bytes);
                Mat to = new Mat()) {
            remap(from, to, image, opencv_imgproc.INTER_LINEAR, opencv_core.BORDER_REPLICATE, 0);
            to.data().get(result);
        }
        return result;
    }

    /**
     * Numbers that must not be mixed: depth, class or region ids.
     *
     * @param values uint16 [height, width]
     * @param outside what pixels get that the lens did not see; empty: what the nearest has
     */
    public char[] numbers(char[] values, ImageSize image, OptionalInt outside) {
        short[] words = new short[values.length];
        for (int p = 0; p < words.length; p++) {
            words[p] = (short) values[p];
        }
        try (ShortPointer data = new ShortPointer(words);
                Mat from = new Mat(image.height(), image.width(), opencv_core.CV_16UC1, data);
                Mat to = new Mat()) {
            int border = outside.isPresent() ? opencv_core.BORDER_CONSTANT : opencv_core.BORDER_REPLICATE;
            remap(from, to, image, opencv_imgproc.INTER_NEAREST, border, outside.orElse(0));
            try (ShortPointer made = new ShortPointer(to.data())) {
                made.get(words);
            }
        }
        char[] result = new char[words.length];
        for (int p = 0; p < words.length; p++) {
            result[p] = (char) words[p];
        }
        return result;
    }

    private void remap(Mat from, Mat to, ImageSize image, int interpolation, int border, int outside) {
        double sx = (double) image.width() / size.width();
        double sy = (double) image.height() / size.height();
        try (Mat k = matrix(lens.scaled(sx, sy));
                Mat n = matrix(pinhole.scaled(sx, sy));
                Mat d = coefficients();
                Mat rotation = Mat.eye(SIDE, SIDE, opencv_core.CV_64F).asMat();
                Size pixels = new Size(image.width(), image.height());
                Mat x = new Mat();
                Mat y = new Mat();
                Scalar fill = Scalar.all(outside)) {
            if (distortion.model() == Distortion.Model.FISHEYE) {
                opencv_calib3d.fisheyeInitUndistortRectifyMap(k, d, rotation, n, pixels, opencv_core.CV_32FC1, x, y);
            } else {
                opencv_calib3d.initUndistortRectifyMap(k, d, rotation, n, pixels, opencv_core.CV_32FC1, x, y);
            }
            opencv_imgproc.remap(from, to, x, y, interpolation, border, fill);
        }
    }

    private static Mat matrix(Intrinsics k) {
        return column(SIDE, new double[] {k.fx(), 0, k.cx(), 0, k.fy(), k.cy(), 0, 0, 1});
    }

    private Mat coefficients() {
        double[] numbers = distortion.coefficients().stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
        return column(numbers.length, numbers);
    }

    /** A matrix with a copy of the numbers. */
    private static Mat column(int rows, double[] numbers) {
        Mat matrix = new Mat(rows, numbers.length / rows, opencv_core.CV_64F);
        try (DoublePointer data = new DoublePointer(matrix.data())) {
            data.put(numbers);
        }
        return matrix;
    }
}
