package io.viewal.worker.selection;

import static org.assertj.core.api.Assertions.assertThat;

import io.viewal.contract.SelectParameters.Budget;
import io.viewal.contract.SelectParameters.Unit;
import io.viewal.worker.dataset.ImageSize;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two scenes: regions 0, 1 and 2, of which 1 overlaps with both others, and region 3 by itself. */
class DivergentViewsTest {

    private static final OverlapIndex CHAIN = new OverlapIndex(
            new int[] {0, 1, 2, 3}, new int[] {40, 40, 40}, new int[] {0, 1, 1, 2}, new int[] {1, 1}, new int[] {40, 40
            });

    private static final OverlapIndex ALONE =
            new OverlapIndex(new int[] {0, 1}, new int[] {40}, new int[] {0, 0}, new int[] {}, new int[] {});

    @Test
    void theViewThatDisagreesMostStandsForItsSurface() {
        assertThat(chosen(2, new Choices.Options(false, 0.25, true, false), new BitSet()))
                .containsExactly(1, 3);
    }

    @Test
    void secondViewsComeOnceEverySurfaceIsCovered() {
        assertThat(chosen(4, new Choices.Options(false, 0.25, true, false), new BitSet()))
                .containsExactly(1, 3, 0, 2);
    }

    @Test
    void thePublishedCodeMarksTheNeighboursOfAnotherRegion() {
        // Region 1 is the second of its scene by score, and the second of all is region 3: region 2 stays open.
        assertThat(chosen(4, new Choices.Options(true, 0.25, false, false), new BitSet()))
                .containsExactly(1, 3, 2);
    }

    @Test
    void aSurfaceThatWasLabeledBeforeIsLeftOutUnlessItIsAllowed() {
        BitSet labeled = new BitSet();
        labeled.set(0);
        assertThat(chosen(1, new Choices.Options(false, 0.25, true, false), labeled))
                .containsExactly(3);
        assertThat(chosen(2, new Choices.Options(false, 0.25, true, false), labeled))
                .containsExactly(3, 2);
        assertThat(chosen(2, new Choices.Options(false, 0.25, false, false), labeled))
                .containsExactly(3, 1);
    }

    private static List<Integer> chosen(int regions, Choices.Options options, BitSet labeledBefore) {
        List<Candidate> candidates = List.of(
                new Candidate(0, 0, 40, 8, 1, labeledBefore.get(0)),
                new Candidate(0, 1, 40, 6, 2, labeledBefore.get(1)),
                new Candidate(0, 2, 40, 5, 1, labeledBefore.get(2)),
                new Candidate(1, 0, 40, 7, 1, labeledBefore.get(3)));
        Choices choices = new Choices(candidates, List.of(CHAIN, ALONE), List.of(), labeledBefore, options);
        LabelingBudget budget = new LabelingBudget(new Budget(regions, Unit.Regions), new ImageSize(10, 10));
        return new DivergentViews().choose(choices, budget);
    }
}
