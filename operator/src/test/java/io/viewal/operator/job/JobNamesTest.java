package io.viewal.operator.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.viewal.contract.Owner;
import io.viewal.contract.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobNamesTest {

    private static Owner owner(String name, String uid) {
        return new Owner("ActiveLearningRound", "demo", name, uid);
    }

    @Test
    void isTheSameForTheSameAttempt() {
        assertThat(JobNames.of(owner("round-0", "u1"), Stage.TRAIN, 1))
                .isEqualTo(JobNames.of(owner("round-0", "u1"), Stage.TRAIN, 1))
                .startsWith("round-0-train-1-");
    }

    @Test
    void differsForARoundOfTheSameNameMadeAnew() {
        assertThat(JobNames.of(owner("round-0", "u1"), Stage.TRAIN, 1))
                .isNotEqualTo(JobNames.of(owner("round-0", "u2"), Stage.TRAIN, 1));
    }

    @ParameterizedTest
    @EnumSource(Stage.class)
    void fitsALabelWithAShardsIndexHoweverLongTheOwnersNameIs(Stage stage) {
        String name = JobNames.of(owner("r".repeat(30) + "." + "s".repeat(222), "u1"), stage, 1234);
        assertThat(name).hasSizeLessThanOrEqualTo(63 - "-255".length()).matches("[a-z0-9]([a-z0-9-]*[a-z0-9])?");
    }
}
