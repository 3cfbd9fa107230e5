package io.viewal.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrategyTest {

    @ParameterizedTest
    @EnumSource
    void aRoundMayNameEachOfTheProjects(Strategy strategy) {
        assertThat(strategy.name()).matches(Strategy.PATTERN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.org/PeakDivergence", "lab/Mine2"})
    void aRoundMayNameOneOfSomebodyElse(String name) {
        assertThat(name).matches(Strategy.PATTERN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"viewal", "Best", "ViewAL2", "", "/Mine", "lab/", "lab/my one", "Lab/Mine"})
    void aSlipOfTheKeyIsRefused(String name) {
        assertThat(name).doesNotMatch(Strategy.PATTERN);
    }
}
