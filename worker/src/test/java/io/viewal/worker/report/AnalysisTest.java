package io.viewal.worker.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.viewal.contract.ExperimentRounds.Outcome;
import io.viewal.contract.ExperimentRounds.Role;
import io.viewal.contract.ExperimentRounds.Round;
import io.viewal.contract.ReportParameters;
import io.viewal.worker.report.Difference.Verdict;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnalysisTest {

    private static final ReportParameters QUICK = new ReportParameters(0.95, 200);

    private static SyntheticRounds rounds(int seeds) {
        return new SyntheticRounds(seeds, 5)
                .arm("viewal", Role.Compared, 0.05)
                .arm("random", Role.Compared, 0.02)
                .arm("control", Role.Control, 0.03);
    }

    private static Analysis analysis(SyntheticRounds rounds) {
        return new Analysis(rounds.results(), QUICK, 1);
    }

    private static ArmRuns arm(Analysis analysis, String name) {
        return analysis.arms().stream()
                .filter(arm -> arm.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theAreaIsTheMeanScoreOverTheBudget() {
        Analysis analysis = analysis(rounds(3));
        // Straight curves: the mean is half way, after two rounds of four; seeds 0, 1 and 2 begin at 0.30, 0.31 and
        // 0.32.
        assertThat(analysis.area(arm(analysis, "viewal"), Figure.LABELED_FRACTION)
                        .mean())
                .isCloseTo(0.31 + 2 * 0.05, within(1e-12));
        assertThat(analysis.area(arm(analysis, "viewal"), Figure.CLICKS).mean()).isCloseTo(0.41, within(1e-12));
        assertThat(analysis.lastScore(arm(analysis, "viewal")).mean()).isCloseTo(0.31 + 4 * 0.05, within(1e-12));
        assertThat(analysis.best().orElseThrow().name()).isEqualTo("viewal");
        assertThat(analysis.last()).isEqualTo(4);
    }

    @Test
    void theTrapezoidsAreNumpys() {
        // numpy.trapezoid([.2, .3, .36, .4], [.01, .03, .06, .08]) / .07
        Run run = Run.of(
                "a", 0, Figure.TEST_MIOU, rows(new double[] {.2, .3, .36, .4}, new double[] {.01, .03, .06, .08}));
        assertThat(run.area(Figure.LABELED_FRACTION, 3)).isCloseTo(0.3214285714285714, within(1e-15));
        assertThat(run.area(Figure.LABELED_FRACTION, 4)).isNaN();
        assertThat(run.area(Figure.LABELED_FRACTION, 0)).isNaN();
        assertThat(run.needed(Figure.LABELED_FRACTION, 0.33).orElseThrow()).isCloseTo(0.045, within(1e-12));
        assertThat(run.needed(Figure.LABELED_FRACTION, 0.1).orElseThrow()).isEqualTo(0.01);
        assertThat(run.needed(Figure.LABELED_FRACTION, 0.41)).isEmpty();
    }

    private static List<RoundRow> rows(double[] scores, double[] fractions) {
        return IntStream.range(0, scores.length)
                .mapToObj(n -> new RoundRow(
                        new Round("a", 0, n, "a-" + n, Outcome.Complete, null, Map.of()),
                        Map.of(Figure.TEST_MIOU, scores[n], Figure.LABELED_FRACTION, fractions[n]),
                        "",
                        List.of(),
                        List.of(),
                        Map.of()))
                .toList();
    }

    @Test
    void threeSeedsCanTellNothingHoweverLargeTheDifferenceIs() {
        List<Difference> differences = analysis(rounds(3)).differences(run -> run.score(4));
        assertThat(differences).extracting(Difference::arm).containsExactly("viewal", "random");
        assertThat(differences).allSatisfy(d -> {
            assertThat(d.pairs()).isEqualTo(3);
            assertThat(d.p()).isEqualTo(0.25);
            assertThat(d.adjusted()).isEqualTo(0.5);
            assertThat(d.leastAdjusted()).isEqualTo(0.5);
            assertThat(d.verdict()).isEqualTo(Verdict.UNTESTABLE);
            assertThat(Verdicts.of(d)).doesNotContain("significant");
        });
        assertThat(Verdicts.limits(differences))
                .contains("3 pairs", "no p below 0.250", "none below 0.500", "It takes at least 7 seeds");
    }

    @Test
    void nineSeedsTell() {
        Analysis analysis = analysis(rounds(9));
        List<Difference> differences = analysis.differences(run -> run.area(Figure.LABELED_FRACTION, 4));
        assertThat(differences).extracting(Difference::verdict).containsExactly(Verdict.HIGHER, Verdict.LOWER);
        assertThat(differences.getFirst().adjusted()).isEqualTo(2 * 2 / 512.0);
        assertThat(differences.getFirst().difference().mean()).isCloseTo(2 * 0.02, within(1e-12));
        assertThat(Verdicts.limits(differences)).contains("significant is what lies below 0.050");
        List<Difference> alike = analysis.differences(run -> run.score(0));
        assertThat(alike).extracting(Difference::verdict).containsOnly(Verdict.NOT_SHOWN);
    }

    @Test
    void aRoundThatAllArmsShareIsNoComparison() {
        double[][] penalties = analysis(rounds(9)).penalties();
        // viewal, random, control: in each of the four rounds that differ.
        assertThat(penalties[0]).containsExactly(Double.NaN, 1, 1);
        assertThat(penalties[1]).containsExactly(0, Double.NaN, 0);
        assertThat(penalties[2]).containsExactly(0, 1, Double.NaN);
    }

    @Test
    void runsThatFailAreLeftOutOfWhatIsOverAllRounds() {
        SyntheticRounds rounds = new SyntheticRounds(3, 5)
                .arm("viewal", Role.Compared, 0.05, round -> round.seed() == 1 && round.number() == 2)
                .arm("control", Role.Control, 0.03);
        Analysis analysis = analysis(rounds);
        assertThat(analysis.last()).isEqualTo(4);
        Interval area = analysis.area(arm(analysis, "viewal"), Figure.LABELED_FRACTION);
        assertThat(area.count()).isEqualTo(2);
        assertThat(analysis.differences(run -> run.score(4)).getFirst().pairs()).isEqualTo(2);
        assertThat(analysis.curve(arm(analysis, "viewal"), Figure.LABELED_FRACTION))
                .extracting(point -> point.score().count())
                .containsExactly(3, 3, 2, 2, 2);
    }

    @Test
    void labelsForAShareOfTheReferenceAreCountedWhereSeedsReachIt() {
        Analysis analysis = analysis(rounds(3).reference(0.5));
        Analysis.Needed needed = analysis.needed(arm(analysis, "viewal"), Figure.LABELED_FRACTION, 0.9)
                .orElseThrow();
        assertThat(needed.reached()).isEqualTo(3);
        // 0.45 lies (0.45 - first) / gain rounds after the first one, at 2 % a round.
        double expected = (0.15 / 0.045 + 0.14 / 0.05 + 0.13 / 0.055) / 3 * SyntheticRounds.STEP + SyntheticRounds.STEP;
        assertThat(needed.budget().mean()).isCloseTo(expected, within(1e-12));
        assertThat(analysis.needed(arm(analysis, "random"), Figure.LABELED_FRACTION, 0.9)
                        .orElseThrow()
                        .reached())
                .isZero();
        assertThat(analysis(rounds(3)).needed(arm(analysis, "viewal"), Figure.CLICKS, 0.9))
                .isEmpty();
    }
}
