package io.viewal.operator.pipeline;

import io.viewal.contract.Owner;
import io.viewal.contract.Stage;
import io.viewal.contract.StageResult;
import io.viewal.operator.condition.Reason;
import io.viewal.operator.condition.Verdict;
import io.viewal.operator.pipeline.Observed.Blocked;
import io.viewal.operator.pipeline.Observed.OpenStage;
import io.viewal.operator.pipeline.Observed.Underway;
import io.viewal.operator.stage.StageAction;
import io.viewal.operator.stage.StagePlan;
import io.viewal.operator.stage.StagePlanner;
import io.viewal.operator.stage.StageRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Decides what is done next for an owner. A pure function of what was observed, what is remembered and the time. */
public final class PipelinePlanner {

    private static final Duration STORE_RECHECK = Duration.ofSeconds(10);

    private final StagePlanner stages = new StagePlanner();

    /**
     * Plans.
     *
     * @param held true when no worker may run
     */
    public PipelinePlan plan(Observed observed, Records records, boolean held, Instant now) {
        return switch (observed) {
            case Blocked blocked -> blocked(blocked, records, held);
            case Underway underway -> underway(underway, records, held, now);
        };
    }

    private static PipelinePlan blocked(Blocked blocked, Records records, boolean held) {
        boolean stop = held && !blocked.activeJobs().isEmpty();
        return new PipelinePlan(
                records,
                stop ? new StageAction.Stop(blocked.activeJobs()) : new StageAction.None(),
                blocked.verdict(),
                recheck(blocked.verdict().reason()));
    }

    /** What is wrong with a store or the operator is not told by any event; all else is. */
    private static Optional<Duration> recheck(Reason reason) {
        return switch (reason) {
            case StoreUnavailable,
                    StoreAccessDenied,
                    StoreRegionWrong,
                    StoreNotTrusted,
                    StoreNotConditional,
                    BucketNotFound,
                    StoreCredentialsMissing,
                    PretrainedNotFound,
                    CorruptArtifact,
                    InternalError -> Optional.of(STORE_RECHECK);
            default -> Optional.empty();
        };
    }

    private PipelinePlan underway(Underway seen, Records records, boolean held, Instant now) {
        Records committed = committed(records, seen, now);
        if (seen.open().isEmpty()) {
            return new PipelinePlan(
                    committed, new StageAction.None(), seen.pipeline().end(seen.done()), Optional.empty());
        }
        OpenStage open = seen.open().get();
        StagePlan plan = stages.plan(
                committed.of(open.request().stage()),
                open.observation(),
                seen.pipeline().setting().retryPolicy(),
                held,
                now);
        if (!(plan.action() instanceof StageAction.Launch)) {
            return new PipelinePlan(
                    committed.with(plan.record()), plan.action(), plan.verdict(), plan.recheck(), plan.ended());
        }
        Optional<Verdict> refused =
                ClassAdmission.refusal(seen.pipeline(), open.request().stage());
        // Refused: nothing is launched, and what ended is counted by the turn that launches.
        if (refused.isPresent()) {
            return new PipelinePlan(committed, new StageAction.None(), refused.get(), Optional.empty());
        }
        PipelinePlan launch = new PipelinePlan(
                committed.with(plan.record().pinnedTo(open.request().digest())),
                plan.action(),
                plan.verdict(),
                plan.recheck(),
                plan.ended());
        return open.elsewhere()
                .map(maker -> launch.waitingFor(maker, committed))
                .orElse(launch);
    }

    /** What is remembered once the committed stages are counted; those after an open one wait for it, whatever they were. */
    private static Records committed(Records records, Underway seen, Instant now) {
        Records next = records;
        for (Stage stage : seen.done().byStage().keySet()) {
            List<StageResult> shards = seen.done().shards(stage);
            StageRecord record =
                    complete(next.of(stage), shards, seen.pipeline().owner(), now);
            next = next.with(record.pinnedTo(shards.getFirst().requestDigest()));
        }
        return seen.open()
                .map(open -> open.request().stage())
                .map(next::reopenedAfter)
                .orElse(next);
    }

    private static StageRecord complete(StageRecord record, List<StageResult> shards, Owner owner, Instant now) {
        OptionalInt own = shards.stream()
                .filter(shard -> shard.madeBy(owner))
                .mapToInt(StageResult::attempt)
                .max();
        return own.isPresent()
                ? record.complete(own.getAsInt(), now)
                : record.found(shards.getFirst().madeBy(), now);
    }
}
