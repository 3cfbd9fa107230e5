package io.viewal.operator.pipeline;

import io.viewal.contract.Stage;
import io.viewal.operator.condition.Reason;
import io.viewal.operator.condition.Verdict;
import io.viewal.operator.pipeline.Observed.Blocked;
import io.viewal.operator.pipeline.Observed.Conflicting;
import io.viewal.operator.pipeline.Observed.OpenStage;
import io.viewal.operator.pipeline.Observed.Underway;
import io.viewal.operator.stage.StageAction;
import io.viewal.operator.stage.StagePlan;
import io.viewal.operator.stage.StagePlanner;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

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
            case Conflicting conflicting ->
                new PipelinePlan(
                        committed(records, conflicting.done(), now),
                        new StageAction.None(),
                        conflicting.verdict(),
                        Optional.empty());
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
                    StoreNotConditional,
                    BucketNotFound,
                    StoreCredentialsMissing,
                    CorruptArtifact,
                    InternalError -> Optional.of(STORE_RECHECK);
            default -> Optional.empty();
        };
    }

    private PipelinePlan underway(Underway seen, Records records, boolean held, Instant now) {
        Records committed = committed(records, seen.done(), now);
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
        return refused.isPresent()
                ? new PipelinePlan(committed, new StageAction.None(), refused.get(), Optional.empty())
                : new PipelinePlan(
                        committed.with(plan.record().pinnedTo(open.request().digest())),
                        plan.action(),
                        plan.verdict(),
                        plan.recheck(),
                        plan.ended());
    }

    private static Records committed(Records records, Results done, Instant now) {
        Records next = records;
        for (Stage stage : done.byStage().keySet()) {
            int attempt = done.shards(stage).stream()
                    .mapToInt(result -> result.attempt())
                    .max()
                    .orElseThrow();
            String digest = done.shards(stage).getFirst().requestDigest();
            next = next.with(next.of(stage).complete(attempt, now).pinnedTo(digest));
        }
        return next;
    }
}
