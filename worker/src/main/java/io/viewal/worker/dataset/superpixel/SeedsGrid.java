package io.viewal.worker.dataset.superpixel;

import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.ImageSize;
import org.bytedeco.opencv.global.opencv_ximgproc;
import org.bytedeco.opencv.opencv_ximgproc.SuperpixelSEEDS;

/**
 * What to ask of OpenCV's SEEDS for a wanted number of superpixels. It lays a grid of blocks that halve from level to
 * level, so that only some numbers are possible, and it often makes fewer than asked: 25 when 40 are asked of 320 × 240
 * at 4 levels. So the request whose outcome is nearest is looked for.
 *
 * @param requested what to ask for
 * @param levels block levels
 * @param count what comes out
 */
record SeedsGrid(int requested, int levels, int count) {

    /** Block levels of the search, finest first: at equal outcome a finer grid follows edges more closely. */
    private static final int MOST_LEVELS = 5;

    private static final int FEWEST_LEVELS = 2;

    /** Smallest request that OpenCV takes as it is. */
    private static final int FEWEST = 10;

    /** The largest request tried, in multiples of the number wanted. */
    private static final int MOST_REQUESTED = 3;

    /** Colour channels; histogram bins a channel; smoothing prior. Not searched. */
    private static final int CHANNELS = 3;

    static final int BINS = 5;
    static final int PRIOR = 2;

    /**
     * The request whose number of superpixels is nearest to the wanted one; of equals the one with more levels, then the
     * smaller. OpenCV derives whole rows of blocks from the request, so one request for each number of rows is tried.
     */
    static SeedsGrid nearest(ImageSize size, int wanted) {
        SeedsGrid best = null;
        double aspect = (double) size.width() / size.height();
        for (int levels = MOST_LEVELS; levels >= FEWEST_LEVELS; levels--) {
            for (int rows = 1; rows * rows * aspect <= MOST_REQUESTED * wanted; rows++) {
                int requested = Math.max(FEWEST, (int) Math.ceil(rows * rows * aspect));
                if (!fits(size, requested)) {
                    continue;
                }
                SeedsGrid grid = new SeedsGrid(requested, levels, count(size, requested, levels));
                if (best == null || grid.missBy(wanted) < best.missBy(wanted)) {
                    best = grid;
                }
            }
        }
        if (best == null) {
            throw new InvalidInputException(
                    Reason.InvalidDataset,
                    "Frames of " + size
                            + " pixels are too small for superpixels to be made of them: give maps of regions");
        }
        return best;
    }

    /**
     * Whether OpenCV's grid has two blocks at least, of two pixels at least, in each direction: with one block it writes
     * beyond its arrays, and with less than a pixel for a block it never ends.
     */
    private static boolean fits(ImageSize size, int requested) {
        int rows = (int) Math.sqrt((float) requested * size.height() / size.width());
        int columns = rows * size.width() / size.height();
        return rows >= 2 && columns >= 2 && size.height() / rows >= 2 && size.width() / columns >= 2;
    }

    SuperpixelSEEDS create(ImageSize size) {
        return create(size, requested, levels);
    }

    private int missBy(int wanted) {
        return Math.abs(count - wanted);
    }

    private static int count(ImageSize size, int requested, int levels) {
        try (SuperpixelSEEDS seeds = create(size, requested, levels)) {
            return seeds.getNumberOfSuperpixels();
        }
    }

    private static SuperpixelSEEDS create(ImageSize size, int requested, int levels) {
        return opencv_ximgproc.createSuperpixelSEEDS(
                size.width(), size.height(), CHANNELS, requested, levels, PRIOR, BINS, false);
    }
}
