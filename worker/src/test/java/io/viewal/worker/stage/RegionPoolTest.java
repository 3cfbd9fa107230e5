package io.viewal.worker.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viewal.contract.SelectParameters.Budget;
import io.viewal.contract.SelectParameters.Unit;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.artifact.RegionNamesCsv;
import io.viewal.worker.artifact.SuperpixelScoresCsv;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Region;
import io.viewal.worker.selection.Choices;
import io.viewal.worker.selection.LabelingBudget;
import io.viewal.worker.selection.Ranking;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One frame of four superpixels, of which 3 has the highest score. */
class RegionPoolTest {

    private static RegionNamesCsv.Row region(int id) {
        return new RegionNamesCsv.Row("room", "f0", new Region.Superpixel(id));
    }

    private static List<RegionNamesCsv.Row> regions(int... ids) {
        return Arrays.stream(ids).mapToObj(RegionPoolTest::region).toList();
    }

    private static List<Integer> chosen(int budget, boolean takeAll, List<RegionNamesCsv.Row> labeled, int... skipped)
            throws IOException {
        RegionPool pool = new RegionPool(labeled, regions(skipped));
        pool.add(
                "room",
                List.of("f0"),
                IntStream.range(0, 4)
                        .mapToObj(
                                id -> new SuperpixelScoresCsv.Row("f0", new Region.Superpixel(id), 10, id, Double.NaN))
                        .toList());
        return pool
                .select(
                        Ranking.UNTIL_SPENT,
                        new Choices.Options(false, 0.25, true, takeAll),
                        new LabelingBudget(new Budget(budget, Unit.Regions), new ImageSize(40, 1)),
                        null)
                .stream()
                .map(row -> ((Region.Superpixel) row.region()).id())
                .toList();
    }

    @Test
    void whatCouldNotBeLabeledIsNotOfferedWhileOthersAreOpen() throws IOException {
        assertThat(chosen(1, false, List.of())).containsExactly(3);
        assertThat(chosen(1, false, List.of(), 3)).containsExactly(2);
        assertThat(chosen(9, true, regions(1), 3, 2)).containsExactly(0);
    }

    @Test
    void itCountsAsNothingThatIsLeftWhileOthersAreOpen() {
        assertThatThrownBy(() -> chosen(2, false, regions(1), 3, 2))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("2 Regions asked for, 1 left");
    }

    @Test
    void itIsOfferedAgainOnceAllOthersAreLabeled() throws IOException {
        assertThat(chosen(1, false, regions(0, 1), 3, 2)).containsExactly(3);
        assertThat(chosen(2, false, regions(0, 1), 3, 2)).containsExactly(3, 2);
    }

    @Test
    void whatIsLabeledWithItsFrameIsNotOffered() {
        RegionNamesCsv.Row frame = new RegionNamesCsv.Row("room", "f0", Region.WHOLE_FRAME);
        assertThatThrownBy(() -> chosen(1, true, List.of(frame), 3))
                .hasMessageContaining("everything that the strategy may choose is labeled");
    }
}
