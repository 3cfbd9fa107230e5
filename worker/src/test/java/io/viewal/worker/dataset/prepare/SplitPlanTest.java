package io.viewal.worker.dataset.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viewal.contract.PrepareParameters.Splits;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.Split;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SplitPlanTest {

    private static final Splits DEFAULT = new Splits(null, null, null, 0, 0);

    @Test
    void theLastScenesByNameTestAndThoseBeforeValidate() {
        Map<String, Split> plan = SplitPlan.of(scenes(10), DEFAULT);
        assertThat(plan.keySet()).containsExactlyElementsOf(scenes(10));
        assertThat(of(plan, Split.TEST)).containsExactly("s08", "s09");
        assertThat(of(plan, Split.VALIDATION)).containsExactly("s06", "s07");
    }

    @Test
    void oneSceneTrainsTwoAlsoValidateThreeAlsoTest() {
        assertThat(SplitPlan.of(scenes(1), DEFAULT).values()).containsExactly(Split.TRAIN);
        assertThat(SplitPlan.of(scenes(2), DEFAULT).values()).containsExactly(Split.TRAIN, Split.VALIDATION);
        assertThat(SplitPlan.of(scenes(3), DEFAULT).values())
                .containsExactly(Split.TRAIN, Split.VALIDATION, Split.TEST);
    }

    @Test
    void namedScenesAreTakenAsNamedAndTheRestTrains() {
        Splits splits = new Splits(List.of("s02"), List.of("s00"), List.of("s01"), 0.5, 0.5);
        Map<String, Split> plan = SplitPlan.of(scenes(4), splits);
        assertThat(plan.values()).containsExactly(Split.VALIDATION, Split.TEST, Split.TRAIN, Split.TRAIN);
    }

    @Test
    void aSceneNamedForTrainingIsNeverDrawn() {
        Splits splits = new Splits(List.of("s03", "s04"), null, null, 0, 0);
        assertThat(of(SplitPlan.of(scenes(5), splits), Split.TRAIN)).contains("s03", "s04");
    }

    @Property(tries = 200)
    void everySceneHasASplitAndSomeTrain(
            @ForAll @IntRange(min = 1, max = 40) int count,
            @ForAll @DoubleRange(min = 0.01, max = 1) double validation,
            @ForAll @DoubleRange(min = 0.01, max = 1) double test) {
        Map<String, Split> plan = SplitPlan.of(scenes(count), new Splits(null, null, null, validation, test));
        assertThat(plan).hasSize(count).doesNotContainValue(null).containsValue(Split.TRAIN);
    }

    @Test
    void refusesAnUnknownSceneAndOneOfTwoSplits() {
        assertInvalid(new Splits(null, List.of("attic"), null, 0, 0), "'attic'", "does not have");
        assertInvalid(new Splits(List.of("s00"), List.of("s00"), null, 0, 0), "'s00'", "train and validation");
        assertInvalid(new Splits(null, List.of("s00"), List.of("s01"), 0, 0), "No scene is left to train");
    }

    private static void assertInvalid(Splits splits, String... details) {
        assertThatThrownBy(() -> SplitPlan.of(scenes(2), splits))
                .isInstanceOf(InvalidInputException.class)
                .message()
                .contains(details);
    }

    private static List<String> of(Map<String, Split> plan, Split split) {
        return plan.keySet().stream().filter(s -> plan.get(s) == split).toList();
    }

    private static List<String> scenes(int count) {
        return IntStream.range(0, count).mapToObj("s%02d"::formatted).toList();
    }
}
