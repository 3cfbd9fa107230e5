package io.viewal.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.viewal.api.v1alpha1.ActiveLearningRound;
import io.viewal.api.v1alpha1.MultiViewDataset;
import io.viewal.contract.Stage;
import io.viewal.operator.harness.Cluster;
import io.viewal.operator.harness.Servers;
import io.viewal.operator.harness.Yaml;
import io.viewal.operator.pipeline.Reclaimer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of results when the resource that made them is deleted. */
@ExtendWith(Servers.class)
class ReclaimIT {

    private Cluster cluster;
    private MultiViewDataset dataset;

    private void begin(Cluster given, String policy) {
        cluster = given;
        cluster.startOperator();
        cluster.createClass();
        cluster.patchClass("{\"spec\": {\"reclaimPolicy\": \"%s\"}}".formatted(policy));
        dataset = cluster.createReadyDataset();
    }

    private ActiveLearningRound complete(String name, String yaml, Stage... stages) {
        ActiveLearningRound round =
                cluster.create(ActiveLearningRound.class, yaml.replace("name: round-0", "name: " + name));
        cluster.finish(round, stages);
        return cluster.awaitReason(round, "Complete");
    }

    private void delete(HasMetadata resource) {
        cluster.client().resource(resource).delete();
        await().atMost(Duration.ofSeconds(20)).until(() -> cluster.latest(resource) == null);
    }

    /** The stages that have a result in the store, or a part of one. */
    private Set<String> stages() {
        Set<String> stages = new TreeSet<>();
        String folder = "runs/" + cluster.namespace() + "/results";
        cluster.s3()
                .keys(folder)
                .forEach(key -> stages.add(key.substring(folder.length() + 1).split("/")[0]));
        return stages;
    }

    @Test
    void aClassThatDeletesTakesResultsAwayWithTheLastWhoUsesThem(Cluster given) {
        begin(given, "Delete");
        ActiveLearningRound first = complete("round-0", Yaml.ROUND, Stage.ROUND.toArray(Stage[]::new));
        assertThat(first.getMetadata().getFinalizers()).containsExactly(Reclaimer.FINALIZER);
        ActiveLearningRound larger =
                complete("larger", Yaml.ROUND.replace("amount: 2", "amount: 3"), Stage.SELECT, Stage.LABEL);
        List<String> labels = cluster.s3().keys("runs/" + cluster.namespace() + "/results/label");
        delete(first);
        assertThat(stages()).containsExactly("label", "prepare", "score", "select", "train");
        assertThat(cluster.s3().keys("runs/" + cluster.namespace() + "/results/label"))
                .as("the other round's own labels stay")
                .isNotEmpty()
                .hasSizeLessThan(labels.size());
        delete(larger);
        assertThat(stages()).containsExactly("prepare");
        delete(dataset);
        assertThat(stages()).isEmpty();
    }

    @Test
    void aClassThatRetainsHoldsNoDeletionUpAndLeavesAllThatThereIs(Cluster given) {
        begin(given, "Retain");
        ActiveLearningRound round = complete("round-0", Yaml.ROUND, Stage.ROUND.toArray(Stage[]::new));
        assertThat(round.getMetadata().getFinalizers()).isEmpty();
        delete(round);
        assertThat(stages()).containsExactly("label", "prepare", "score", "select", "train");
    }

    @Test
    void aRoundThatHasNotBegunIsDeletedAtOnce(Cluster given) {
        begin(given, "Delete");
        ActiveLearningRound waiting =
                cluster.create(ActiveLearningRound.class, Yaml.ROUND.replace("dataset: rooms", "dataset: other"));
        cluster.awaitReason(waiting, "DatasetNotFound");
        delete(waiting);
        assertThat(stages()).containsExactly("prepare");
    }

    @Test
    void aStoreThatIsAwayHoldsADeletionUpForMinutesAndNotForEver(Cluster given) {
        begin(given, "Delete");
        ActiveLearningRound round = complete("round-0", Yaml.ROUND, Stage.ROUND.toArray(Stage[]::new));
        cluster.client()
                .resource(round)
                .subresource("status")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"status\": {\"inputs\": {\"store\": {\"endpoint\": \"http://127.0.0.1:9\"}}}}");
        cluster.client().resource(round).delete();
        await().during(Duration.ofSeconds(1)).until(() -> cluster.latest(round) != null);
        cluster.clock().forward(Duration.ofMinutes(6));
        await().atMost(Duration.ofSeconds(30)).until(() -> cluster.latest(round) == null);
        assertThat(cluster.events(round))
                .anySatisfy(event -> assertThat(event.getMessage()).contains("results stay", "viewal store gc"));
    }
}
