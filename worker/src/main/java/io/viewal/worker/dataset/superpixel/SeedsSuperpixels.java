package io.viewal.worker.dataset.superpixel;

import io.viewal.worker.dataset.ImageSize;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_ximgproc.SuperpixelSEEDS;

/**
 * SEEDS superpixels (Van den Bergh et al., "SEEDS: Superpixels Extracted via Energy-Driven Sampling", 2012) by OpenCV's
 * contributed modules, on its 8-bit Lab colours: histograms of 5 bins a channel, smoothing prior 2. The published method
 * uses a revised SEEDS that OpenCV lacks; number and size of the regions are alike, their pixels are not.
 *
 * <p>The same image gives the same regions. A region is connected but for stray pixels now and then: SEEDS moves
 * boundary pixels and does not check what they leave behind. Safe for use by several threads.
 */
public final class SeedsSuperpixels {

    static {
        OpenCvLibraries.load();
        // Frames are spread over the cores already.
        opencv_core.setNumThreads(1);
    }

    private final ImageSize size;
    private final int iterations;
    private final SeedsGrid grid;

    /**
     * Prepares for frames of a size.
     *
     * @param count superpixels wanted; the nearest number that SEEDS can lay out is made, see {@link #count()}
     * @param iterations pixel-level iterations
     */
    public SeedsSuperpixels(ImageSize size, int count, int iterations) {
        this.size = size;
        this.iterations = iterations;
        this.grid = SeedsGrid.nearest(size, count);
    }

    /** Superpixels that a frame gets; a region may die out, so this is the most. */
    public int count() {
        return grid.count();
    }

    /**
     * Divides an image.
     *
     * @param rgb uint8 [height, width, 3]
     * @return uint16 [height, width], ids from 0 without a gap
     */
    public char[] compute(byte[] rgb) {
        int[] labels = new int[size.pixels()];
        try (PointerScope natives = new PointerScope()) {
            Mat image = new Mat(size.height(), size.width(), opencv_core.CV_8UC3);
            image.data().put(rgb);
            Mat lab = new Mat();
            opencv_imgproc.cvtColor(image, lab, opencv_imgproc.COLOR_RGB2Lab);
            SuperpixelSEEDS seeds = grid.create(size);
            seeds.iterate(lab, iterations);
            Mat result = new Mat();
            seeds.getLabels(result);
            new IntPointer(result.data()).get(labels);
        }
        char[] ids = new char[labels.length];
        for (int p = 0; p < ids.length; p++) {
            ids[p] = (char) labels[p];
        }
        RegionIds.compact(ids);
        return ids;
    }
}
