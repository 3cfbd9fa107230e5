package io.viewal.operator.experiment;

import io.viewal.api.v1alpha1.PodResources;
import io.viewal.contract.ArtifactRef;
import io.viewal.contract.ExperimentRequests;
import io.viewal.contract.Owner;
import io.viewal.contract.ReportParametersBuilder;
import io.viewal.contract.Stage;
import io.viewal.contract.StageRequest;
import io.viewal.operator.condition.Verdict;
import io.viewal.operator.pipeline.Pipeline;
import io.viewal.operator.pipeline.Results;
import io.viewal.operator.pipeline.Setting;
import java.util.List;

/**
 * The one stage of an experiment: the report of its rounds.
 *
 * @param rounds what the report is made of, in the store
 * @param end what is said once it is made
 */
record ReportPipeline(Owner owner, Setting setting, ArtifactRef rounds, Verdict end) implements Pipeline {

    static final List<Stage> STAGES = List.of(Stage.REPORT);

    @Override
    public List<Stage> stages() {
        return STAGES;
    }

    @Override
    public StageRequest request(Stage stage, Results done) {
        return new ExperimentRequests(owner, setting.location())
                .report(ReportParametersBuilder.builder().build(), rounds);
    }

    @Override
    public int shards(Stage stage) {
        return 1;
    }

    @Override
    public PodResources resources(Stage stage) {
        return PodResources.NONE;
    }

    @Override
    public String summary(Results done) {
        return end.message();
    }

    @Override
    public Verdict end(Results done) {
        return end;
    }
}
