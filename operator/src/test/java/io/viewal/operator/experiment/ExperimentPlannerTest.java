package io.viewal.operator.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.viewal.operator.condition.Reason;
import io.viewal.operator.condition.Verdict;
import io.viewal.operator.experiment.ExperimentPlan.Counts;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExperimentPlannerTest {

    private static List<String> made(ExperimentPlan plan) {
        return plan.actions().stream()
                .filter(RoundAction.Make.class::isInstance)
                .map(action -> ((RoundAction.Make) action).round().name())
                .toList();
    }

    private static List<RoundAction> held(ExperimentPlan plan) {
        return plan.actions().stream()
                .filter(RoundAction.Hold.class::isInstance)
                .toList();
    }

    @Test
    void makesAsManyRoundsAsMayBeUnderWayAndGoesOnAsTheyComplete() {
        Experiments experiment = Experiments.with("{}");
        ExperimentPlan first = experiment.turn();
        assertThat(made(first)).containsExactly("e-viewal-s0-r0", "e-random-s0-r0");
        assertThat(made(experiment.turn())).isEmpty();
        experiment.complete("e-random-s0-r0", 0.4);
        ExperimentPlan next = experiment.turn();
        assertThat(made(next)).containsExactly("e-random-s0-r1");
        assertThat(next.counts()).isEqualTo(new Counts(6, 1, 1, 0));
        assertThat(experiment.plan().verdict())
                .isEqualTo(Verdict.progressing(Reason.RoundsUnderway, "1 of 6 rounds are done, 2 are under way"));
    }

    @Test
    void bringsOneSeedToItsEndBeforeTheNextAndItsArmsRoundByRound() {
        Experiments experiment = Experiments.with("{\"seeds\": {\"list\": [7, 3]}, \"parallelRounds\": 3}");
        assertThat(made(experiment.turn())).containsExactly("e-viewal-s7-r0", "e-random-s7-r0", "e-viewal-s3-r0");
        experiment.complete("e-viewal-s3-r0", 0.4);
        experiment.complete("e-viewal-s7-r0", 0.4);
        assertThat(made(experiment.turn())).containsExactly("e-viewal-s7-r1", "e-random-s3-r0");
    }

    @Test
    void isCompleteOnceTheLastLabelsOfAllRunsAreMeasured() {
        Experiments experiment = Experiments.with("{}");
        ExperimentPlan plan = experiment.finish(0.5);
        assertThat(experiment.rounds())
                .containsOnlyKeys(
                        "e-random-s0-m2",
                        "e-random-s0-r0",
                        "e-random-s0-r1",
                        "e-viewal-s0-m2",
                        "e-viewal-s0-r0",
                        "e-viewal-s0-r1");
        assertThat(plan.counts()).isEqualTo(new Counts(6, 6, 0, 0));
        assertThat(plan.verdict())
                .isEqualTo(new Verdict(Verdict.Kind.COMPLETE, Reason.Complete, "6 of 6 rounds are done"));
    }

    @Test
    void aFailedRoundEndsItsRunAndTheOthersGoOn() {
        Experiments experiment = Experiments.with("{}");
        experiment.turn();
        experiment.fail("e-viewal-s0-r0");
        ExperimentPlan plan = experiment.turn();
        assertThat(plan.verdict().message()).endsWith("1 failed, the first one is 'e-viewal-s0-r0'");
        ExperimentPlan end = experiment.finish(0.5);
        assertThat(experiment.rounds().keySet())
                .filteredOn(name -> name.contains("viewal"))
                .hasSize(1);
        assertThat(end.counts()).isEqualTo(new Counts(4, 3, 0, 1));
        assertThat(end.verdict())
                .isEqualTo(Verdict.stalled(
                        Reason.RoundsFailed,
                        "3 of 4 rounds are done, 1 runs ended before their last round: round 'e-viewal-s0-r0' failed: it ran"
                                + " out of memory; delete it, and it is made again"));
    }

    @Test
    void aFailedRoundThatIsDeletedIsMadeAgain() {
        Experiments experiment = Experiments.with("{}");
        experiment.turn();
        experiment.fail("e-viewal-s0-r0");
        experiment.finish(0.5);
        experiment.delete("e-viewal-s0-r0");
        assertThat(made(experiment.turn())).containsExactly("e-viewal-s0-r0");
        assertThat(experiment.finish(0.5).verdict().reason()).isEqualTo(Reason.Complete);
    }

    @Test
    void noRoundRunsOnAfterTooManyHaveFailed() {
        Experiments experiment = Experiments.with("{\"stop\": {\"maxFailedRounds\": 0}}");
        experiment.turn();
        experiment.fail("e-viewal-s0-r0");
        ExperimentPlan plan = experiment.turn();
        assertThat(plan.actions()).containsExactly(new RoundAction.Hold("e-random-s0-r0", true));
        ExperimentPlan end = experiment.turn();
        assertThat(end.settled()).isTrue();
        assertThat(end.stopReason()).contains("1 rounds failed, and maxFailedRounds is 0");
        assertThat(end.verdict().reason()).isEqualTo(Reason.TooManyRoundsFailed);
        experiment.edit("{\"stop\": {\"maxFailedRounds\": 1}}");
        assertThat(held(experiment.turn())).containsExactly(new RoundAction.Hold("e-random-s0-r0", false));
    }

    @Test
    void tooManyFailuresOfOneArmLeaveTheOthersAlone() {
        Experiments experiment = Experiments.with("""
                {"parallelRounds": 4, "seeds": {"count": 2},
                 "arms": [{"name": "viewal", "stop": {"maxFailedRounds": 0}}, {"name": "random"}]}""");
        experiment.turn();
        experiment.fail("e-viewal-s0-r0");
        ExperimentPlan plan = experiment.turn();
        assertThat(plan.actions()).containsExactly(new RoundAction.Hold("e-viewal-s1-r0", true));
        assertThat(plan.stopReason()).isEmpty();
        assertThat(experiment.finish(0.5).counts().done()).isEqualTo(6);
    }

    @Test
    void aRoundThatSomebodyDeletedIsMadeAgainAndTheRunIsWhereItWas() {
        Experiments experiment = Experiments.with("{}");
        experiment.finish(0.5);
        experiment.delete("e-viewal-s0-r1");
        assertThat(made(experiment.turn())).containsExactly("e-viewal-s0-r1");
        experiment.complete("e-viewal-s0-r1", 0.5);
        ExperimentPlan plan = experiment.turn();
        assertThat(plan.settled()).isTrue();
        assertThat(plan.counts().done()).isEqualTo(6);
    }

    @Test
    void holdsWhatIsUnderWayAndMakesNothingUntilItIsLetGo() {
        Experiments experiment = Experiments.with("{}");
        experiment.turn();
        experiment.complete("e-random-s0-r0", 0.5);
        experiment.edit("{\"suspend\": true}");
        assertThat(experiment.turn().actions()).containsExactly(new RoundAction.Hold("e-viewal-s0-r0", true));
        ExperimentPlan held = experiment.turn();
        assertThat(held.actions()).isEmpty();
        assertThat(held.settled()).isFalse();
        assertThat(held.verdict().kind()).isEqualTo(Verdict.Kind.HELD);
        experiment.edit("{\"suspend\": false}");
        assertThat(experiment.turn().actions())
                .contains(new RoundAction.Hold("e-viewal-s0-r0", false))
                .hasSize(2);
    }

    @Test
    void endsAtItsDeadlineAndHoldsWhatIsUnderWayWithoutDeletingIt() {
        Experiments experiment = Experiments.with("{\"activeDeadlineSeconds\": 3600}");
        experiment.turn();
        assertThat(experiment.plan().recheck()).contains(Duration.ofHours(1).plusMillis(1));
        experiment.complete("e-viewal-s0-r0", 0.5);
        experiment.at(Experiments.START.plusSeconds(3600));
        ExperimentPlan plan = experiment.turn();
        assertThat(plan.actions()).containsExactly(new RoundAction.Hold("e-random-s0-r0", true));
        ExperimentPlan end = experiment.turn();
        assertThat(end.settled()).isTrue();
        assertThat(end.recheck()).isEmpty();
        assertThat(end.verdict().kind()).isEqualTo(Verdict.Kind.COMPLETE);
        assertThat(end.verdict().message())
                .isEqualTo("1 of 1 rounds are done; ended before, as its activeDeadlineSeconds ended at"
                        + " 2026-12-01T09:00:00Z");
    }

    @Test
    void aDeadlineIsNoneToWhatWasCompleteBefore() {
        Experiments experiment = Experiments.with("{\"activeDeadlineSeconds\": 3600}");
        experiment.finish(0.5);
        experiment.at(Experiments.START.plusSeconds(7200));
        assertThat(experiment.turn().verdict().message()).isEqualTo("6 of 6 rounds are done");
    }

    @Test
    void aRunThatMeetsARuleMeasuresItsLastLabelsAndEnds() {
        Experiments experiment = Experiments.with("{\"rounds\": 9, \"stop\": {\"clicks\": 300}}");
        ExperimentPlan end = experiment.finish(0.5);
        assertThat(experiment.rounds()).hasSize(6).containsKey("e-viewal-s0-m2");
        assertThat(end.runs()).allSatisfy(run -> assertThat(run.stopped()).contains("clicks is 300 of 300"));
        assertThat(end.verdict().reason()).isEqualTo(Reason.Complete);
        experiment.edit("{\"stop\": {\"clicks\": 301}}");
        assertThat(made(experiment.turn())).as("the rule is relaxed").contains("e-viewal-s0-r2");
    }

    @Test
    void waitsForTheReferenceWhereARuleNeedsIt() {
        Experiments experiment = Experiments.with("""
                {"reference": "FullSupervision", "stop": {"shareOfReference": 0.9}, "parallelRounds": 3}""");
        assertThat(made(experiment.turn())).first().isEqualTo("e-reference-s0-m0");
        experiment.complete("e-viewal-s0-r0", 0.46);
        assertThat(made(experiment.turn())).isEmpty();
        experiment.complete("e-reference-s0-m0", 0.5);
        assertThat(made(experiment.turn())).containsExactly("e-viewal-s0-m1");
    }

    @Test
    void goesOnWithoutAReferenceThatFailed() {
        Experiments experiment = Experiments.with("""
                {"reference": "FullSupervision", "stop": {"shareOfReference": 0.9}, "parallelRounds": 3}""");
        experiment.turn();
        experiment.fail("e-reference-s0-m0");
        experiment.complete("e-viewal-s0-r0", 0.46);
        assertThat(made(experiment.turn())).containsExactly("e-viewal-s0-r1");
    }

    @Test
    void goesOnWhereMoreRoundsSeedsAndArmsAreAskedFor() {
        Experiments experiment = Experiments.with("{}");
        experiment.finish(0.5);
        experiment.edit("""
                {"rounds": 3, "seeds": {"count": 2}, "parallelRounds": 9,
                 "arms": [{"name": "viewal", "strategy": "ViewAL"}, {"name": "random", "strategy": "Random"}, {"name": "ceal"}]}""");
        assertThat(made(experiment.turn()))
                .containsExactly(
                        "e-ceal-s0-r0",
                        "e-viewal-s0-r2",
                        "e-random-s0-r2",
                        "e-viewal-s1-r0",
                        "e-random-s1-r0",
                        "e-ceal-s1-r0");
        ExperimentPlan end = experiment.finish(0.5);
        assertThat(end.counts().done()).isEqualTo(24);
        assertThat(end.runs())
                .allSatisfy(run ->
                        assertThat(run.complete().getLast().planned().name()).endsWith("-m3"));
    }

    @Test
    void saysWhatARoundCanNotGoOnForOnceNothingElseGoesOn() {
        Experiments experiment = Experiments.with("{}");
        experiment.turn();
        experiment.stall("e-viewal-s0-r0");
        assertThat(experiment.turn().verdict().reason()).isEqualTo(Reason.RoundsUnderway);
        experiment.stall("e-random-s0-r0");
        assertThat(experiment.turn().verdict())
                .isEqualTo(Verdict.stalled(Reason.RoundStalled, "Round 'e-viewal-s0-r0' can't go on: no such image"));
    }

    @Test
    void makesNothingWithoutItsDataSet() {
        Experiments experiment = Experiments.with("{}");
        Verdict verdict = Verdict.progressing(Reason.DatasetNotReady, "it is being prepared");
        experiment.blocked(verdict);
        ExperimentPlan plan = experiment.turn();
        assertThat(plan.actions()).isEmpty();
        assertThat(plan.verdict()).isEqualTo(verdict);
    }
}
