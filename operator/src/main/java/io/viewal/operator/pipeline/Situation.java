package io.viewal.operator.pipeline;

import io.viewal.api.v1alpha1.Outcome;
import io.viewal.api.v1alpha1.StageStatus.State;
import io.viewal.contract.Stage;
import io.viewal.operator.condition.ConditionType;
import io.viewal.operator.condition.Conditions;
import io.viewal.operator.condition.Reason;
import io.viewal.operator.stage.StageRecord;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * All that a status is made from.
 *
 * @param observed what there was to see
 * @param plan what follows from it
 */
public record Situation(Observed observed, PipelinePlan plan, Instant now) {

    /** The pipeline; empty while something that it needs is missing. */
    public Optional<Pipeline> pipeline() {
        return switch (observed) {
            case Observed.Underway underway -> Optional.of(underway.pipeline());
            case Observed.Blocked _ -> Optional.empty();
        };
    }

    /** Results of the committed stages; empty while something is missing. */
    public Results done() {
        return switch (observed) {
            case Observed.Underway underway -> underway.done();
            case Observed.Blocked _ -> Results.NONE;
        };
    }

    /** How the work ended; null when it has not. */
    public Outcome outcome() {
        return switch (plan.verdict().kind()) {
            case COMPLETE -> Outcome.Complete;
            case FAILED -> Outcome.Failed;
            case PROGRESSING, STALLED, HELD -> null;
        };
    }

    /** True from the first launch, or the first result found, on: from then on inputs don't change. */
    public boolean begun() {
        return plan.records().list().stream()
                .anyMatch(record -> record.tally().attempt() > 0 || record.state() == State.Complete);
    }

    private StageRecord current() {
        List<StageRecord> records = plan.records().list();
        return records.stream()
                .filter(record -> record.state() != State.Complete)
                .min(Comparator.comparing(StageRecord::stage))
                .orElseGet(records::getLast);
    }

    /** Name of the stage that work is at, or of the last one. */
    public String stage() {
        return current().stage().title();
    }

    /** The current stage's progress for people; null when there is none. */
    public String progress() {
        return current().progress() == null ? null : current().progress().percent() + "%";
    }

    /** Adds the conditions of all stages to those of the whole. */
    public Conditions addTo(Conditions conditions) {
        conditions.add(plan.verdict());
        Stage at = current().stage();
        for (StageRecord record : plan.records().list()) {
            String type = ConditionType.of(record.stage());
            if (record.state() == State.Complete) {
                conditions.add(type, "True", Reason.StageComplete, record.message());
            } else if (record.stage() == at) {
                conditions.add(type, "False", plan.verdict().reason(), record.message());
            } else {
                conditions.add(type, "False", Reason.Pending, "");
            }
        }
        return conditions;
    }
}
