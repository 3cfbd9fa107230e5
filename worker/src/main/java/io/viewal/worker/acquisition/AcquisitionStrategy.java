package io.viewal.worker.acquisition;

import io.viewal.worker.dataset.Region;
import io.viewal.worker.selection.Ranking;
import io.viewal.worker.selection.SelectionRule;
import java.util.List;
import java.util.Set;

/**
 * Says how much the regions of a frame are worth labeling, and how to choose among them. Implementations are stateless;
 * those of others are found by {@link java.util.ServiceLoader} on the worker's class path.
 */
public interface AcquisitionStrategy {

    /** The name in a round's {@code strategy}. */
    String name();

    /**
     * Scores the regions of a frame; called by several threads.
     *
     * @return the regions that may be chosen: superpixels, windows, or the whole frame
     */
    List<RegionScore> score(FrameView view);

    /** What {@link #score} and {@link #selection} look at beside the frames' predictions. */
    default Set<Need> needs() {
        return Set.of();
    }

    /** How regions are chosen once all are scored. */
    default SelectionRule selection() {
        return Ranking.UNTIL_SPENT;
    }

    /**
     * A region's score.
     *
     * @param pixels of the region
     * @param score the higher, the more worth labeling; in bits for entropies
     * @param divergence mean view divergence in bits, which chooses among overlapping regions; NaN when the strategy has
     *     none
     */
    record RegionScore(Region region, int pixels, double score, double divergence) {

        /** The score of a whole frame. */
        public static List<RegionScore> ofFrame(FrameView view, double score) {
            return List.of(
                    new RegionScore(Region.WHOLE_FRAME, view.scene().size().pixels(), score, Double.NaN));
        }
    }
}
