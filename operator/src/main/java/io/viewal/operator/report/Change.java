package io.viewal.operator.report;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.viewal.contract.Owner;
import io.viewal.contract.Stage;
import io.viewal.operator.condition.ConditionType;
import io.viewal.operator.condition.Verdict;
import io.viewal.operator.stage.AttemptState.Ended;
import io.viewal.operator.stage.StageRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A status that was written, and the one before.
 *
 * @param owner the resource as its Jobs know it
 * @param conditions before; may be null
 * @param before the stages before
 * @param after the stages now
 */
public record Change(
        HasMetadata resource,
        Owner owner,
        List<Condition> conditions,
        List<StageRecord> before,
        List<StageRecord> after,
        Now now) {

    /**
     * Where the resource stands now.
     *
     * @param ended how the newest attempt ended, if it did just now
     * @param facts of the committed stages
     */
    public record Now(Verdict verdict, Optional<Ended> ended, Map<Stage, Map<String, String>> facts) {}

    /** True when the reason of {@code Ready} is another one than before. */
    boolean newReason() {
        return conditions == null
                || conditions.stream()
                        .noneMatch(condition -> condition.getType().equals(ConditionType.Ready.name())
                                && condition
                                        .getReason()
                                        .equals(now.verdict().reason().name()));
    }
}
