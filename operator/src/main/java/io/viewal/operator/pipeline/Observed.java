package io.viewal.operator.pipeline;

import io.viewal.contract.StageRequest;
import io.viewal.operator.condition.Verdict;
import io.viewal.operator.job.OtherMaker;
import io.viewal.operator.stage.StageObservation;
import java.util.List;
import java.util.Optional;

/** What there is to see of an owner's work. */
public sealed interface Observed {

    /**
     * Work can't go on.
     *
     * @param activeJobs names of Jobs that may still run
     */
    record Blocked(Verdict verdict, List<String> activeJobs) implements Observed {}

    /**
     * Work goes on.
     *
     * @param done the committed stages
     * @param open the first stage that is not; empty: all are
     * @param outlived Jobs of committed stages whose pods go on for a container that is not the worker
     */
    record Underway(Pipeline pipeline, Results done, Optional<OpenStage> open, List<String> outlived)
            implements Observed {

        /** One whose committed stages have left nothing behind. */
        public Underway(Pipeline pipeline, Results done, Optional<OpenStage> open) {
            this(pipeline, done, open, List.of());
        }
    }

    /**
     * The stage that is to be done next.
     *
     * @param elsewhere another owner that makes the same
     */
    record OpenStage(StageRequest request, StageObservation observation, Optional<OtherMaker> elsewhere) {

        /** One that nobody else makes. */
        public OpenStage(StageRequest request, StageObservation observation) {
            this(request, observation, Optional.empty());
        }
    }
}
