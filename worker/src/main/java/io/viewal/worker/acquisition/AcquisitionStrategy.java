package io.viewal.worker.acquisition;

import java.util.List;

/**
 * Says how much the regions of a frame are worth labeling. Implementations are stateless; those of others are found by
 * {@link java.util.ServiceLoader} on the worker's class path.
 */
public interface AcquisitionStrategy {

    /** The name in a round's {@code strategy}. */
    String name();

    /**
     * Scores the regions of a frame; the higher, the more worth labeling.
     *
     * @return one score a superpixel in id order, or one of {@link RegionScore#WHOLE_FRAME}
     */
    List<RegionScore> score(FrameView view);

    /**
     * A region's score.
     *
     * @param superpixel its id, or {@link #WHOLE_FRAME}
     * @param pixels of the region
     * @param score the higher, the more worth labeling; in bits for entropies
     * @param divergence mean view divergence in bits, which chooses among overlapping regions; NaN when the strategy has
     *     none, and overlap is then no matter
     */
    record RegionScore(int superpixel, int pixels, double score, double divergence) {

        public static final int WHOLE_FRAME = -1;
    }
}
