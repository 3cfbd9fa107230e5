package io.viewal.operator.pipeline;

import io.viewal.api.v1alpha1.StageStatus;
import io.viewal.contract.Owner;
import io.viewal.contract.Stage;
import io.viewal.operator.job.JobNames;
import io.viewal.operator.stage.StageRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * What is remembered of each stage.
 *
 * @param list one record a stage, in their order
 */
public record Records(List<StageRecord> list) {

    public Records {
        list = List.copyOf(list);
    }

    /**
     * Reads a status.
     *
     * @param recorded the status' stages; may be null
     */
    public static Records of(List<Stage> stages, List<StageStatus> recorded) {
        List<StageStatus> known = recorded == null ? List.of() : recorded;
        return new Records(stages.stream()
                .map(stage -> known.stream()
                        .filter(status -> status.stage().equals(stage.title()))
                        .findFirst()
                        .map(StageRecord::of)
                        .orElseGet(() -> StageRecord.pending(stage)))
                .toList());
    }

    /** Writes a status. */
    public List<StageStatus> toStatus(Owner owner) {
        return list.stream()
                .map(record -> record.toStatus(
                        JobNames.of(owner, record.stage(), record.tally().attempt())))
                .toList();
    }

    /** The record of a stage. */
    public StageRecord of(Stage stage) {
        return list.stream()
                .filter(record -> record.stage() == stage)
                .findFirst()
                .orElseThrow();
    }

    /** The same with a stage to be done once more, of something else; its attempts go on counting, as Jobs have their names. */
    public Records renewed(Stage stage) {
        return with(of(stage).renewed());
    }

    /** The same with the stages after this one as if nothing had come of them. */
    Records reopenedAfter(Stage open) {
        return new Records(list.stream()
                .map(record -> record.stage().compareTo(open) > 0 ? record.reopened() : record)
                .toList());
    }

    Records with(StageRecord changed) {
        List<StageRecord> next = new ArrayList<>(list);
        next.replaceAll(record -> record.stage() == changed.stage() ? changed : record);
        return new Records(next);
    }
}
