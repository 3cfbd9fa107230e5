package io.viewal.worker.dataset.superpixel;

import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.opencv.OpenCvLibraries;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.bytedeco.javacpp.IntPointer;
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
    }

    private final ImageSize size;
    private final int iterations;
    private final SeedsGrid grid;
    private final Queue<Workplace> free = new ConcurrentLinkedQueue<>();

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
        Workplace workplace = free.poll();
        if (workplace == null) {
            workplace = new Workplace();
        }
        char[] ids = workplace.compute(rgb);
        free.add(workplace);
        RegionIds.compact(ids);
        return ids;
    }

    /**
     * What one thread works with. Laying out the grid takes as long as six iterations, and iterating begins from the same
     * state whatever image was divided before, so that it is kept from frame to frame. Native memory is given back when
     * this is no longer reachable.
     */
    private final class Workplace {

        private final SuperpixelSEEDS seeds = grid.create(size);
        private final Mat image = new Mat(size.height(), size.width(), opencv_core.CV_8UC3);
        private final Mat lab = new Mat();
        private final Mat result = new Mat();
        private final int[] labels = new int[size.pixels()];

        char[] compute(byte[] rgb) {
            image.data().put(rgb);
            opencv_imgproc.cvtColor(image, lab, opencv_imgproc.COLOR_RGB2Lab);
            seeds.iterate(lab, iterations);
            seeds.getLabels(result);
            try (IntPointer numbers = new IntPointer(result.data())) {
                numbers.get(labels);
            }
            char[] ids = new char[labels.length];
            for (int p = 0; p < ids.length; p++) {
                ids[p] = (char) labels[p];
            }
            return ids;
        }
    }
}
