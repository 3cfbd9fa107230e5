package io.viewal.worker.dataset.opencv;

import io.viewal.worker.dataset.ImageSize;
import java.util.BitSet;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;

/**
 * Outlines of areas of pixels, by OpenCV: followed from pixel to pixel (Suzuki and Abe, 1985) and simplified to the corners
 * that a polygon needs (Douglas and Peucker, 1973). Safe for use by several threads.
 */
public final class Outlines {

    static {
        OpenCvLibraries.load();
    }

    /** The fewest corners of a polygon. */
    public static final int FEWEST_CORNERS = 3;

    /** Numbers that the hierarchy has of an outline, and the place of its parent: of a hole, the area around it. */
    private static final int RELATIVES = 4;

    private static final int PARENT = 3;

    private Outlines() {}

    /**
     * Counts the corners of the outer outlines of all connected areas; pixels that touch at a corner are connected.
     *
     * @param pixels of the areas, by index in row order
     * @param tolerance in pixels: how far an outline may be from its polygon
     * @return 0 when there is no pixel; at least {@value #FEWEST_CORNERS} an area otherwise
     */
    public static int corners(BitSet pixels, ImageSize size, double tolerance) {
        if (pixels.isEmpty()) {
            return 0;
        }
        int top = pixels.nextSetBit(0) / size.width();
        int rows = (pixels.length() - 1) / size.width() - top + 1;
        byte[] mask = new byte[rows * size.width()];
        pixels.stream().forEach(pixel -> mask[pixel - top * size.width()] = 1);
        try (BytePointer bytes = new BytePointer(mask);
                Mat image = new Mat(rows, size.width(), opencv_core.CV_8UC1, bytes);
                MatVector outlines = new MatVector();
                Mat hierarchy = new Mat()) {
            opencv_imgproc.findContours(
                    image, outlines, hierarchy, opencv_imgproc.RETR_CCOMP, opencv_imgproc.CHAIN_APPROX_SIMPLE);
            return corners(outlines, hierarchy, tolerance);
        }
    }

    private static int corners(MatVector outlines, Mat hierarchy, double tolerance) {
        int[] relatives = new int[RELATIVES * (int) outlines.size()];
        try (IntPointer numbers = new IntPointer(hierarchy.data())) {
            numbers.get(relatives);
        }
        int corners = 0;
        for (int i = 0; i < outlines.size(); i++) {
            if (relatives[RELATIVES * i + PARENT] < 0) {
                try (Mat outline = outlines.get(i);
                        Mat polygon = new Mat()) {
                    opencv_imgproc.approxPolyDP(outline, polygon, tolerance, true);
                    corners += Math.max(FEWEST_CORNERS, polygon.rows());
                }
            }
        }
        return corners;
    }
}
