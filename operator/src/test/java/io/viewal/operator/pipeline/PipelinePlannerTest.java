package io.viewal.operator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.viewal.api.v1alpha1.PodResources;
import io.viewal.api.v1alpha1.RoundClassSpec;
import io.viewal.api.v1alpha1.StageStatus.State;
import io.viewal.api.v1alpha1.StoreReference;
import io.viewal.contract.Owner;
import io.viewal.contract.ScoreParametersBuilder;
import io.viewal.contract.Stage;
import io.viewal.contract.StageRequest;
import io.viewal.contract.StageResult;
import io.viewal.contract.StoreLocation;
import io.viewal.operator.condition.Reason;
import io.viewal.operator.condition.Verdict;
import io.viewal.operator.condition.Verdict.Kind;
import io.viewal.operator.job.Inherited;
import io.viewal.operator.pipeline.Observed.Blocked;
import io.viewal.operator.pipeline.Observed.OpenStage;
import io.viewal.operator.pipeline.Observed.Underway;
import io.viewal.operator.stage.Attempt;
import io.viewal.operator.stage.AttemptState.Running;
import io.viewal.operator.stage.StageAction;
import io.viewal.operator.stage.StageObservation;
import io.viewal.operator.stage.StageRecord;
import io.viewal.operator.stage.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PipelinePlannerTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Owner OWNER = new Owner("ActiveLearningRound", "demo", "round-0", "uid");
    private static final Records NEW = Records.of(Stage.ROUND, null);

    private final PipelinePlanner planner = new PipelinePlanner();

    /** A pipeline that only names its stages. */
    private record Named(Setting setting, int shards) implements Pipeline {

        @Override
        public Owner owner() {
            return OWNER;
        }

        @Override
        public List<Stage> stages() {
            return Stage.ROUND;
        }

        @Override
        public StageRequest request(Stage stage, Results done) {
            throw new UnsupportedOperationException();
        }

        @Override
        public PodResources resources(Stage stage) {
            return PodResources.NONE;
        }

        @Override
        public int shards(Stage stage) {
            return stage == Stage.SCORE ? shards : 1;
        }

        @Override
        public String summary(Results done) {
            return "all is done";
        }
    }

    private static Pipeline pipeline() {
        return pipeline(1, true);
    }

    private static Pipeline pipeline(int shards, boolean admits) {
        RoundClassSpec roundClass = new RoundClassSpec(
                null,
                null,
                null,
                null,
                new RoundClassSpec.Limits(
                        new RoundClassSpec.Defaults("1", "2Gi"), new RoundClassSpec.Maximum(8, "16", "64Gi"), false),
                null,
                new RoundClassSpec.Retry(3, 10),
                86400,
                600,
                null,
                null);
        StoreReference store = new StoreReference("http://s", "b", "", "", "c");
        return new Named(new Setting("standard", roundClass, store, Inherited.NOTHING, admits), shards);
    }

    private static Results done(Stage... stages) {
        Results results = Results.NONE;
        for (Stage stage : stages) {
            StageResult result =
                    new StageResult(1, stage, 0, 1, OWNER, 2, "digest", Map.of(), Map.of(), Map.of(), Map.of());
            results = results.with(stage, List.of(result));
        }
        return results;
    }

    private static OpenStage scoring(Attempt... attempts) {
        StageRequest request = new StageRequest(
                StageRequest.VERSION,
                OWNER,
                1,
                1,
                7,
                new StoreLocation("http://s", "b", "", ""),
                Map.of(),
                ScoreParametersBuilder.builder().build());
        return new OpenStage(request, StageObservation.of(Stage.SCORE, List.of(attempts)));
    }

    @Test
    void launchesTheFirstStageThatIsNotCommitted() {
        PipelinePlan plan =
                planner.plan(new Underway(pipeline(), done(Stage.TRAIN), Optional.of(scoring())), NEW, false, NOW);
        assertThat(plan.action()).isEqualTo(new StageAction.Launch(Stage.SCORE, 1));
        assertThat(plan.records().list())
                .extracting(StageRecord::state)
                .containsExactly(State.Complete, State.Waiting, State.Pending, State.Pending);
        assertThat(plan.records().of(Stage.TRAIN).tally().attempt()).isEqualTo(2);
    }

    @Test
    void launchesNothingOfWhichALaterStagesPodsAskForTooMuchTogether() {
        OpenStage training = new OpenStage(scoring().request(), StageObservation.of(Stage.TRAIN, List.of()));
        Verdict fits = planner.plan(
                        new Underway(pipeline(16, true), Results.NONE, Optional.of(training)), NEW, false, NOW)
                .verdict();
        assertThat(fits.reason()).isEqualTo(Reason.PodStarting);
        PipelinePlan plan =
                planner.plan(new Underway(pipeline(17, true), Results.NONE, Optional.of(training)), NEW, false, NOW);
        assertThat(plan.action()).isEqualTo(new StageAction.None());
        assertThat(plan.verdict())
                .isEqualTo(Verdict.stalled(
                        Reason.ResourcesAboveLimit,
                        "Score asks for cpu 1 in each of 17 pods and RoundClass 'standard' allows 16 together: ask for"
                                + " less or for fewer shards, or have the class's limit raised"));
    }

    @Test
    void asksWhetherAClassIsForTheNamespaceWhenAStageIsLaunchedAlone() {
        PipelinePlan launch = planner.plan(
                new Underway(pipeline(1, false), done(Stage.TRAIN), Optional.of(scoring())), NEW, false, NOW);
        assertThat(launch.action()).isEqualTo(new StageAction.None());
        assertThat(launch.verdict().reason()).isEqualTo(Reason.NamespaceNotAllowed);
        assertThat(launch.verdict().message()).contains("'standard'", "'demo'", "allowedNamespaces");
        PipelinePlan end = planner.plan(
                new Underway(pipeline(1, false), done(Stage.ROUND.toArray(Stage[]::new)), Optional.empty()),
                NEW,
                false,
                NOW);
        assertThat(end.verdict().kind()).isEqualTo(Kind.COMPLETE);
    }

    @Test
    void isCompleteWhenAllStagesAreCommitted() {
        PipelinePlan plan = planner.plan(
                new Underway(pipeline(), done(Stage.ROUND.toArray(Stage[]::new)), Optional.empty()), NEW, false, NOW);
        assertThat(plan.verdict()).isEqualTo(new Verdict(Kind.COMPLETE, Reason.Complete, "all is done"));
        assertThat(plan.action()).isEqualTo(new StageAction.None());
        assertThat(plan.recheck()).isEmpty();
    }

    @Test
    void isCompleteAlthoughHeld() {
        PipelinePlan plan = planner.plan(
                new Underway(pipeline(), done(Stage.ROUND.toArray(Stage[]::new)), Optional.empty()), NEW, true, NOW);
        assertThat(plan.verdict().kind()).isEqualTo(Kind.COMPLETE);
    }

    @Test
    void holdsBeforeTheNextStage() {
        PipelinePlan plan =
                planner.plan(new Underway(pipeline(), done(Stage.TRAIN), Optional.of(scoring())), NEW, true, NOW);
        assertThat(plan.action()).isEqualTo(new StageAction.None());
        assertThat(plan.verdict().kind()).isEqualTo(Kind.HELD);
    }

    @Test
    void stopsTheRunningJobWhenHeld() {
        OpenStage running = scoring(new Attempt(1, "score-1", new Running("runs")));
        PipelinePlan plan =
                planner.plan(new Underway(pipeline(), done(Stage.TRAIN), Optional.of(running)), NEW, true, NOW);
        assertThat(plan.action()).isEqualTo(new StageAction.Stop(List.of("score-1")));
    }

    @Test
    void doesNothingAndRemembersEverythingWhileBlocked() {
        Verdict verdict = Verdict.stalled(Reason.ClassNotFound, "no class");
        PipelinePlan plan = planner.plan(new Blocked(verdict, List.of("train-1")), NEW, false, NOW);
        assertThat(plan).isEqualTo(new PipelinePlan(NEW, new StageAction.None(), verdict, Optional.empty()));
    }

    @Test
    void stopsTheRunningJobOfABlockedRoundThatIsHeld() {
        Verdict verdict = Verdict.stalled(Reason.ClassNotFound, "no class");
        PipelinePlan plan = planner.plan(new Blocked(verdict, List.of("train-1")), NEW, true, NOW);
        assertThat(plan.action()).isEqualTo(new StageAction.Stop(List.of("train-1")));
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"StoreUnavailable", "StoreAccessDenied", "BucketNotFound", "StoreCredentialsMissing"})
    void looksAgainAtAStoreAsNoEventTellsOfIt(Reason reason) {
        PipelinePlan plan = planner.plan(new Blocked(Verdict.stalled(reason, "text"), List.of()), NEW, false, NOW);
        assertThat(plan.recheck()).contains(Duration.ofSeconds(10));
    }

    @Test
    void countsNoAttemptOfAResultThatAnotherRoundMade() {
        Owner other = new Owner("ActiveLearningRound", "demo", "round-9", "another uid");
        StageResult result =
                new StageResult(1, Stage.TRAIN, 0, 1, other, 3, "digest", Map.of(), Map.of(), Map.of(), Map.of());
        Results found = Results.NONE.with(Stage.TRAIN, List.of(result));
        PipelinePlan plan = planner.plan(new Underway(pipeline(), found, Optional.of(scoring())), NEW, false, NOW);
        StageRecord train = plan.records().of(Stage.TRAIN);
        assertThat(train.state()).isEqualTo(State.Complete);
        assertThat(train.tally().attempt()).isZero();
        assertThat(train.digest()).isEqualTo("digest");
        assertThat(train.message()).contains("'round-9'");
    }

    @Test
    void asksLaterStagesAnewWhenAnEarlierOneIsDoneAgain() {
        Records complete = planner.plan(
                        new Underway(pipeline(), done(Stage.TRAIN, Stage.SCORE, Stage.SELECT), Optional.empty()),
                        NEW,
                        false,
                        NOW)
                .records();
        Records labeling = complete.with(new StageRecord(
                Stage.LABEL,
                State.Running,
                new Tally(1, 0, 0),
                "of the damaged scores",
                new StageRecord.Times(NOW, null, null),
                null,
                "runs"));
        PipelinePlan plan =
                planner.plan(new Underway(pipeline(), done(Stage.TRAIN), Optional.of(scoring())), labeling, false, NOW);
        assertThat(plan.action()).isEqualTo(new StageAction.Launch(Stage.SCORE, 3));
        assertThat(plan.records().of(Stage.SELECT))
                .returns(State.Pending, StageRecord::state)
                .returns(null, StageRecord::digest)
                .returns(new Tally(2, 0, 0), StageRecord::tally);
        assertThat(plan.records().of(Stage.LABEL))
                .returns(null, StageRecord::digest)
                .returns(new Tally(1, 1, 0), StageRecord::tally);
    }

    @Test
    void remembersWhatWasCommittedWhenTheNextLaunchIsRefused() {
        PipelinePlan plan = planner.plan(
                        new Underway(pipeline(), done(Stage.TRAIN), Optional.of(scoring())), NEW, false, NOW)
                .rejected(NEW, Reason.JobRejected, "the API server refuses the Job 'x': exceeded quota");
        assertThat(plan.records().of(Stage.TRAIN).state()).isEqualTo(State.Complete);
        assertThat(plan.records().of(Stage.SCORE)).isEqualTo(NEW.of(Stage.SCORE));
    }

    @Test
    void forgetsALaunchThatTheApiServerRefused() {
        PipelinePlan plan = planner.plan(
                        new Underway(pipeline(), Results.NONE, Optional.of(scoring())), NEW, false, NOW)
                .rejected(NEW, Reason.JobRejected, "the API server refuses the Job 'x': exceeded quota");
        assertThat(plan.records()).isEqualTo(NEW);
        assertThat(plan.verdict().kind()).isEqualTo(Kind.STALLED);
        assertThat(plan.verdict().message()).contains("exceeded quota");
        assertThat(plan.recheck()).isPresent();
    }
}
