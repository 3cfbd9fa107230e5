package io.viewal.worker.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** Against numbers that scipy 1.17.1 and statsmodels 0.15.0 gave for the same values. */
class PairedTestsTest {

    private static final double[] ONE = {0.412, 0.437, 0.399, 0.451, 0.420, 0.433, 0.428};
    private static final double[] OTHER = {0.401, 0.441, 0.380, 0.430, 0.415, 0.405, 0.431};

    private static double[] differences() {
        double[] differences = new double[ONE.length];
        Arrays.setAll(differences, i -> ONE[i] - OTHER[i]);
        return differences;
    }

    @Test
    void signFlipsGiveThePOfScipysExactPermutationTest() {
        assertThat(SignFlipTest.p(differences())).isEqualTo(0.078125);
        assertThat(SignFlipTest.p(new double[] {0.01, 0.02, 0.03})).isEqualTo(0.25);
    }

    @Test
    void noPIsBelowWhatSoManyPairsAllow() {
        for (int pairs = 1; pairs <= 9; pairs++) {
            double[] alike = DoubleStream.iterate(1, d -> d + 0.37).limit(pairs).toArray();
            assertThat(SignFlipTest.p(alike))
                    .isEqualTo(SignFlipTest.leastP(pairs))
                    .isEqualTo(2 / Math.pow(2, pairs));
        }
        assertThat(SignFlipTest.p(new double[0])).isNaN();
        assertThat(SignFlipTest.leastP(0)).isEqualTo(1);
    }

    @Test
    void differencesThatAreEqualInAnotherOrderAreEqual() {
        // 0.1 + 0.2 - 0.3 is 5.6e-17 in binary: as far from zero as nothing.
        assertThat(SignFlipTest.p(new double[] {0.1, 0.2, -0.3})).isEqualTo(1);
    }

    @Test
    void holmGivesTheAdjustedPOfStatsmodels() {
        assertThat(Holm.adjusted(new double[] {0.01, 0.04, 0.03, 0.005}))
                .containsExactly(new double[] {0.03, 0.06, 0.06, 0.02}, within(1e-12));
        assertThat(Holm.adjusted(new double[] {0.7, 0.9})).containsExactly(1, 1);
        double[] withUnknown = Holm.adjusted(new double[] {0.02, Double.NaN});
        assertThat(withUnknown[0]).isEqualTo(0.02);
        assertThat(withUnknown[1]).isNaN();
    }

    @Test
    void theTTestOfPenaltiesIsScipys() {
        // p of ttest_1samp: 0.0560, 0.0742 and 0.0027.
        assertThat(PairwisePenalties.better(differences())).isFalse();
        assertThat(PairwisePenalties.better(new double[] {0.01, 0.02, 0.03})).isFalse();
        assertThat(PairwisePenalties.better(new double[] {0.01, 0.012, 0.011})).isTrue();
        assertThat(PairwisePenalties.better(new double[] {-0.01, -0.012, -0.011}))
                .isFalse();
        assertThat(PairwisePenalties.better(new double[] {0, 0, 0})).isFalse();
    }

    @Test
    void theBootstrapNearsScipysPercentileInterval() {
        Interval interval = new Bootstrap(0.95, 100_000, 1).mean(DoubleStream.of(ONE));
        assertThat(interval.mean()).isCloseTo(0.4257142857, within(1e-9));
        assertThat(interval.low()).isCloseTo(0.4140, within(5e-4));
        assertThat(interval.high()).isCloseTo(0.4373, within(5e-4));
        assertThat(interval.count()).isEqualTo(7);
        assertThat(new Bootstrap(0.95, 100_000, 1).mean(DoubleStream.of(ONE))).isEqualTo(interval);
    }

    @Test
    void oneValueHasNoIntervalAndUnknownOnesDontCount() {
        Interval one = new Bootstrap(0.95, 100, 1).mean(DoubleStream.of(0.4, Double.NaN));
        assertThat(one.mean()).isEqualTo(0.4);
        assertThat(one.low()).isNaN();
        assertThat(one.count()).isEqualTo(1);
    }
}
