package io.viewal.operator.pipeline;

import io.viewal.api.v1alpha1.PodResources;
import io.viewal.contract.ArtifactRef;
import io.viewal.contract.Owner;
import io.viewal.contract.Stage;
import io.viewal.contract.StageRequest;
import io.viewal.operator.condition.Reason;
import io.viewal.operator.condition.Verdict;
import io.viewal.operator.job.PodSetting;
import java.util.List;

/** An owner's stages, with everything that they need resolved. */
public interface Pipeline {

    /** The round or data set. */
    Owner owner();

    /** Class and store. */
    Setting setting();

    /** The stages in order. */
    List<Stage> stages();

    /**
     * What a stage is asked.
     *
     * @param done the results of all earlier stages
     */
    StageRequest request(Stage stage, Results done);

    /** What others have made and all stages read. */
    default List<ArtifactRef> inputs() {
        return List.of();
    }

    /** What a stage's pods ask for. */
    PodResources resources(Stage stage);

    /** How many pods share a stage. */
    int shards(Stage stage);

    /** The image that runs a stage in the worker's place; empty: the class's worker. */
    default String image(Stage stage) {
        return "";
    }

    /** Keys, or the beginning of keys, that the resource itself names for a stage to read. */
    default List<String> keys(Stage stage) {
        return List.of();
    }

    /** What a stage's pods are made with. */
    default PodSetting podSetting(Stage stage) {
        return new PodSetting(
                setting().roundClass(),
                resources(stage),
                image(stage),
                setting().store(),
                setting().inherited());
    }

    /** One sentence for the end: what was made. */
    String summary(Results done);

    /** Where the owner stands at the end. */
    default Verdict end(Results done) {
        return new Verdict(Verdict.Kind.COMPLETE, Reason.Complete, summary(done));
    }
}
