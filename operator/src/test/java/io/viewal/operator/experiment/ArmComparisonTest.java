package io.viewal.operator.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.viewal.api.v1alpha1.ExperimentStatus.Best;
import io.viewal.api.v1alpha1.ExperimentStatus.LabelsNeeded;
import org.junit.jupiter.api.Test;

class ArmComparisonTest {

    private static ArmComparison compare(Experiments experiment) {
        return new ArmComparison(experiment.plan().runs());
    }

    @Test
    void comparesArmsAfterAsManyRoundsAsAllOfThemHave() {
        Experiments experiment = Experiments.with("{\"seeds\": {\"count\": 2}}");
        assertThat(compare(experiment).best()).isEmpty();
        for (String run : new String[] {"e-viewal-s0", "e-viewal-s1", "e-random-s0", "e-random-s1"}) {
            experiment.complete(run + "-r0", 0.3);
        }
        experiment.complete("e-random-s0-r1", 0.9);
        assertThat(compare(experiment).best()).contains(new Best("viewal", 0.3, 0));
        experiment.complete("e-random-s1-r1", 0.2);
        experiment.complete("e-viewal-s0-r1", 0.4);
        experiment.complete("e-viewal-s1-r1", 0.5);
        assertThat(compare(experiment).best()).contains(new Best("random", 0.55, 1));
    }

    @Test
    void aRunThatFailedHoldsUpNoComparison() {
        Experiments experiment = Experiments.with("{}");
        experiment.fail("e-viewal-s0-r0");
        experiment.complete("e-random-s0-r0", 0.3);
        assertThat(compare(experiment).best()).contains(new Best("random", 0.3, 0));
    }

    @Test
    void readsTheLabelsNeededOffTheCurveOfEachSeed() {
        Experiments experiment = Experiments.with("{\"reference\": \"FullSupervision\", \"seeds\": {\"count\": 2}}");
        experiment.complete("e-reference-s0-m0", 0.5);
        experiment.complete("e-reference-s1-m0", 0.6);
        experiment.complete("e-viewal-s0-r0", 0.4);
        experiment.complete("e-viewal-s0-r1", 0.5);
        experiment.complete("e-viewal-s1-r0", 0.54);
        assertThat(compare(experiment).labelsNeeded("viewal"))
                .containsEntry("90", new LabelsNeeded(0.125, 0.1, 0.15))
                .containsEntry("99", new LabelsNeeded(0.195, 0.195, 0.195));
        assertThat(compare(experiment).labelsNeeded("random")).isEmpty();
    }

    @Test
    void saysWhereAnArmStandsInOneLine() {
        Experiments experiment =
                Experiments.with("{\"seeds\": {\"count\": 2}, \"rounds\": 9, \"stop\": {\"labeledFraction\": 0.2}}");
        experiment.complete("e-viewal-s0-r0", 0.4);
        experiment.complete("e-viewal-s0-m1", 0.5);
        experiment.fail("e-viewal-s1-r0");
        assertThat(compare(experiment).line("viewal"))
                .isEqualTo("1 of 2 runs done, 1 failed, mIoU 0.5, ended as labeledFraction is 0.2 of 0.2");
        assertThat(compare(experiment).labeledFraction()).contains(0.2);
    }
}
