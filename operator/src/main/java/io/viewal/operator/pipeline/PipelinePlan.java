package io.viewal.operator.pipeline;

import io.viewal.contract.Stage;
import io.viewal.operator.condition.Reason;
import io.viewal.operator.condition.Verdict;
import io.viewal.operator.job.OtherMaker;
import io.viewal.operator.stage.AttemptState.Ended;
import io.viewal.operator.stage.StageAction;
import java.time.Duration;
import java.util.Optional;

/**
 * What follows from what was observed.
 *
 * @param records what is to be remembered
 * @param recheck when to look again though nothing happened; empty: not at all
 * @param ended how the newest attempt ended, if it was counted just now
 */
public record PipelinePlan(
        Records records, StageAction action, Verdict verdict, Optional<Duration> recheck, Optional<Ended> ended) {

    private static final Duration REJECTED_RECHECK = Duration.ofSeconds(30);

    /** How often is looked whether another owner's Job has ended, as its events are that owner's. */
    private static final Duration SHARED_RECHECK = Duration.ofSeconds(5);

    /** One that counts no ending. */
    public PipelinePlan(Records records, StageAction action, Verdict verdict, Optional<Duration> recheck) {
        this(records, action, verdict, recheck, Optional.empty());
    }

    /**
     * The plan of a launch when another owner makes the same: nothing is launched, and what ended is counted by the turn that
     * launches.
     */
    PipelinePlan waitingFor(OtherMaker maker, Records before) {
        Stage stage = ((StageAction.Launch) action).stage();
        return new PipelinePlan(
                records.with(before.of(stage)),
                new StageAction.None(),
                Verdict.progressing(
                        Reason.SharedStageRunning,
                        "%s of the same inputs is made for %s '%s' right now: its result is taken once it is there"
                                .formatted(stage.title(), maker.kind(), maker.name())),
                Optional.of(SHARED_RECHECK));
    }

    /** The plan when the API server refused its Job: what was learned is kept, but nothing was launched. */
    PipelinePlan rejected(Records before, Reason reason, String message) {
        String text = "Nothing could be launched, as " + message + "; tried again by itself";
        return new PipelinePlan(
                action instanceof StageAction.Launch launch ? records.with(before.of(launch.stage())) : records,
                new StageAction.None(),
                reason == Reason.QuotaExceeded ? Verdict.progressing(reason, text) : Verdict.stalled(reason, text),
                Optional.of(REJECTED_RECHECK));
    }
}
