package io.viewal.worker.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viewal.contract.SelectParameters.Budget;
import io.viewal.contract.SelectParameters.Unit;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.ImageSize;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelectionRuleTest {

    private static final ImageSize SIZE = new ImageSize(10, 10);

    private static Candidate candidate(int region, double score, boolean labeled) {
        return new Candidate(0, region, 40, score, Double.NaN, labeled);
    }

    private static List<Candidate> scored(double... scores) {
        return IntStream.range(0, scores.length)
                .mapToObj(i -> candidate(i, scores[i], false))
                .toList();
    }

    private static Choices choices(List<Candidate> candidates, List<float[]> features) {
        Choices.Options options = new Choices.Options(false, 0.25, true, false);
        return new Choices(candidates, List.of(), features, new BitSet(), options);
    }

    private static LabelingBudget budget(double amount, Unit unit) {
        return new LabelingBudget(new Budget(amount, unit), SIZE);
    }

    @Test
    void rankingTakesTheRegionThatCrossesTheBudget() {
        Choices choices = choices(scored(1, 3, 2, 3), List.of());
        assertThat(Ranking.UNTIL_SPENT.choose(choices, budget(1, Unit.Images))).containsExactly(1, 3, 2);
    }

    @ParameterizedTest
    @CsvSource({"0.1, 1", "0.59, 1", "0.6, 2", "0.99, 2", "1, 3"})
    void theNearestCountMissesTheBudgetByHalfARegionAtMost(double images, int regions) {
        Choices choices = choices(scored(4, 3, 2, 1), List.of());
        assertThat(Ranking.NEAREST.choose(choices, budget(images, Unit.Images))).hasSize(regions);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void favouredRegionsGetTheirShareWhateverTheBudget(int thirds) {
        // All others are drawn before the favoured ones.
        double[] scores = IntStream.range(0, 60)
                .mapToDouble(i -> i < 30 ? 1 + i * 0.01 : i * 0.01 + 0.4)
                .toArray();
        for (int regions = 1; regions <= 30; regions++) {
            List<Integer> chosen = new FavouredShare(thirds / 3.0)
                    .choose(choices(scored(scores), List.of()), budget(regions, Unit.Regions));
            assertThat(chosen).hasSize(regions).doesNotHaveDuplicates();
            double favoured = chosen.stream().filter(i -> i < 30).count();
            assertThat(favoured).isBetween(regions * thirds / 3.0 - 1, regions * thirds / 3.0 + 1);
        }
    }

    @Test
    void favouredRegionsAreDrawnWithTheOthersToo() {
        // 3 is the first favoured one; then all in the order of their draws.
        Choices choices = choices(scored(0.1, 1.2, 0.3, 1.4, 0.35), List.of());
        assertThat(new FavouredShare(0).choose(choices, budget(3, Unit.Regions)))
                .containsExactly(3, 4, 2);
    }

    @Test
    void othersFillTheBudgetOnceTheFavouredOnesRunOut() {
        Choices choices = choices(scored(0.1, 1.2, 0.3, 1.4), List.of());
        assertThat(new FavouredShare(1).choose(choices, budget(4, Unit.Regions)))
                .containsExactly(3, 1, 2, 0);
    }

    @Test
    void labeledRegionsAreNeverChosen() {
        List<Candidate> candidates = List.of(candidate(0, 9, true), candidate(1, 1, false), candidate(2, 2, false));
        List<float[]> features = List.of(new float[] {0}, new float[] {1}, new float[] {5});
        for (SelectionRule rule : List.of(
                Ranking.UNTIL_SPENT,
                Ranking.NEAREST,
                new FavouredShare(0.5),
                new UncoveredRegions(),
                new DivergentViews(),
                new KCentres(),
                new Representatives())) {
            assertThat(rule.choose(choices(candidates, features), budget(2, Unit.Regions)))
                    .as(rule.getClass().getSimpleName())
                    .containsExactlyInAnyOrder(1, 2);
        }
    }

    @Test
    void aBudgetBeyondWhatIsLeftIsRefusedByEveryRule() {
        List<float[]> features = List.of(new float[] {0}, new float[] {1});
        for (SelectionRule rule : List.of(
                Ranking.UNTIL_SPENT,
                Ranking.NEAREST,
                new FavouredShare(0.5),
                new UncoveredRegions(),
                new DivergentViews(),
                new KCentres(),
                new Representatives())) {
            assertThatThrownBy(() -> rule.choose(choices(scored(1, 2), features), budget(3, Unit.Regions)))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("3 Regions asked for, 2 left");
        }
    }

    @Test
    void aBudgetOfClicksAsksForOneRegionAClickAtMostAndTakesWhatThereIs() {
        for (SelectionRule rule : List.of(Ranking.UNTIL_SPENT, new UncoveredRegions(), new DivergentViews())) {
            assertThat(rule.choose(choices(scored(1, 2, 3), List.of()), budget(2, Unit.Clicks)))
                    .hasSize(2);
            assertThat(rule.choose(choices(scored(1, 2, 3), List.of()), budget(100, Unit.Clicks)))
                    .hasSize(3);
            List<Candidate> none = List.of(candidate(0, 1, true));
            assertThatThrownBy(() -> rule.choose(choices(none, List.of()), budget(1, Unit.Clicks)))
                    .hasMessageContaining("everything that the strategy may choose is labeled");
        }
    }

    @Test
    void secondViewsComeOnceEverySurfaceIsCovered() {
        // Region 1 covers all of region 0, and nothing covers region 2.
        OverlapIndex overlap = new OverlapIndex(
                new int[] {0, 1, 2, 3}, new int[] {40, 40, 40}, new int[] {0, 1, 1, 1}, new int[] {1}, new int[] {40});
        Choices.Options corrected = new Choices.Options(false, 0.25, true, false);
        Choices choices = new Choices(scored(3, 2, 1), List.of(overlap), List.of(), new BitSet(), corrected);
        assertThat(new UncoveredRegions().choose(choices, budget(2, Unit.Regions)))
                .containsExactly(0, 2);
        assertThat(new UncoveredRegions().choose(choices, budget(3, Unit.Regions)))
                .containsExactly(0, 2, 1);
        Choices.Options reference = new Choices.Options(true, 0.25, false, false);
        Choices published = new Choices(scored(3, 2, 1), List.of(overlap), List.of(), new BitSet(), reference);
        assertThat(new UncoveredRegions().choose(published, budget(3, Unit.Regions)))
                .containsExactly(0, 2);
    }

    @Test
    void coreSetBeginsWithTheFirstFrameWhereNothingIsLabeled() {
        List<float[]> features = List.of(new float[] {1}, new float[] {2}, new float[] {9});
        assertThat(new KCentres().choose(choices(scored(0, 0, 0), features), budget(2, Unit.Regions)))
                .containsExactly(0, 2);
    }

    @Test
    void representativesAreOfTheTwiceAsManyThatScoreBest() {
        List<float[]> features = new ArrayList<>();
        for (float x : new float[] {0, 1, 2, 3, 100}) {
            features.add(new float[] {x});
        }
        // The best single stand-in for all, number 2, is beyond twice the budget.
        assertThat(new Representatives().choose(choices(scored(5, 4, 1, 2, 3), features), budget(1, Unit.Regions)))
                .containsExactly(1);
    }

    @Test
    void featuresOfDifferentLengthsAreRefused() {
        List<float[]> features = List.of(new float[] {0, 1}, new float[] {1});
        assertThatThrownBy(() -> new KCentres().choose(choices(scored(0, 0), features), budget(1, Unit.Regions)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("1 features and another 2");
    }

    @Test
    void featuresThatAreNoNumbersAreRefused() {
        List<float[]> features = List.of(new float[] {0}, new float[] {Float.NaN});
        assertThatThrownBy(() -> new KCentres().choose(choices(scored(0, 0), features), budget(1, Unit.Regions)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("NaN");
    }
}
