package io.viewal.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.viewal.api.v1alpha1.ActiveLearningRound;
import io.viewal.api.v1alpha1.StageStatus;
import io.viewal.contract.RoundRequests;
import io.viewal.contract.Stage;
import io.viewal.contract.StageFailure;
import io.viewal.contract.StageRequest;
import io.viewal.operator.harness.Cluster;
import io.viewal.operator.harness.Kubelet;
import io.viewal.operator.harness.Servers;
import io.viewal.operator.harness.Yaml;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Results are found by what they are made of, whoever made them. */
@ExtendWith(Servers.class)
class SharedResultsIT {

    private static final String PRETRAINED = Yaml.ROUND.replace("epochs: 1", "epochs: 1, pretrained: weights/KEY");

    private Cluster cluster;

    private void begin(Cluster given) {
        cluster = given;
        cluster.startOperator();
        cluster.createClass();
        cluster.createReadyDataset();
    }

    private ActiveLearningRound create(String name, String yaml) {
        return cluster.create(ActiveLearningRound.class, yaml.replace("name: round-0", "name: " + name));
    }

    private void deleteWithItsJobs(ActiveLearningRound round) {
        cluster.client().resource(round).delete();
        cluster.deleteJobs();
    }

    /** A worker ends its Job: no other attempt can help. */
    private void fail(Job job, StageFailure.Reason reason, String message) {
        Pod pod = cluster.kubelet().run(job);
        cluster.kubelet().exit(job, pod, reason.exitCode(), "Error", new StageFailure(reason, message));
        cluster.kubelet().failJob(job);
    }

    @Test
    void aRoundThatIsAppliedAgainFindsAllThatThereIs(Cluster given) {
        begin(given);
        ActiveLearningRound first = create("round-0", Yaml.ROUND);
        cluster.finish(first);
        var made = cluster.awaitReason(first, "Complete").getStatus();
        deleteWithItsJobs(first);

        ActiveLearningRound again = create("round-0", Yaml.ROUND);
        var found = cluster.awaitReason(again, "Complete").getStatus();
        assertThat(cluster.jobs()).isEmpty();
        assertThat(found.artifacts()).isEqualTo(made.artifacts());
        assertThat(found.inputs()).isEqualTo(made.inputs());
        assertThat(found.meanIoU()).isEqualTo(made.meanIoU());
        assertThat(found.stages())
                .extracting(StageStatus::requestDigest)
                .containsExactlyElementsOf(
                        made.stages().stream().map(StageStatus::requestDigest).toList());
        assertThat(found.stages()).allSatisfy(stage -> {
            assertThat(stage.job()).isNull();
            assertThat(stage.message()).isEqualTo("found: ActiveLearningRound 'round-0' has made it");
        });
        cluster.awaitEvent(again, "Complete");
        assertThat(cluster.events(again))
                .anyMatch(event ->
                        event.getMessage().equals("Train is found: ActiveLearningRound 'round-0' has made it"));
    }

    @Test
    void aRoundThatFailedLateGoesOnWhereItFailedWhenItIsAppliedAgain(Cluster given) {
        begin(given);
        ActiveLearningRound first = create("round-0", Yaml.ROUND);
        cluster.finish(first, Stage.TRAIN, Stage.SCORE, Stage.SELECT);
        fail(cluster.awaitJob(Stage.LABEL, 1), StageFailure.Reason.InvalidLabels, "label 9 of 5 classes");
        cluster.awaitReason(first, "InvalidLabels");
        deleteWithItsJobs(first);

        ActiveLearningRound again = create("round-0", Yaml.ROUND);
        cluster.finish(again, Stage.LABEL);
        cluster.awaitReason(again, "Complete");
        assertThat(cluster.jobs()).hasSize(1);
    }

    @Test
    void roundsOfTheSameBeginningShareIt(Cluster given) {
        begin(given);
        ActiveLearningRound first = create("round-0", Yaml.ROUND);
        cluster.finish(first);
        ActiveLearningRound larger = create("larger", Yaml.ROUND.replace("amount: 2", "amount: 3"));
        Job select = cluster.awaitJob("larger", Stage.SELECT, 1);
        assertThat(cluster.jobs(Stage.TRAIN)).hasSize(1);
        assertThat(cluster.jobs(Stage.SCORE)).hasSize(1);
        StageRequest request = Kubelet.request(select);
        assertThat(request.inputs().get("scores-00000").key()).contains("/round-0-");
        cluster.kubelet().succeed(select);
        cluster.finish(larger, Stage.LABEL);
        cluster.awaitReason(larger, "Complete");
        assertThat(cluster.s3().keys("runs/" + cluster.namespace() + "/results/train"))
                .filteredOn(key -> key.contains("/references/"))
                .as("both say that they use the training")
                .hasSize(2);
    }

    @Test
    void twoRoundsThatAskForTheSameAtOnceMakeItOnce(Cluster given) {
        begin(given);
        ActiveLearningRound first = create("round-0", Yaml.ROUND);
        Job train = cluster.awaitJob("round-0", Stage.TRAIN, 1);
        ActiveLearningRound second = create("twin", Yaml.ROUND);
        cluster.awaitReason(second, "SharedStageRunning");
        assertThat(Cluster.ready(cluster.latest(second)).getMessage())
                .isEqualTo("Train of the same inputs is made for ActiveLearningRound 'round-0' right now: its result is"
                        + " taken once it is there");
        cluster.kubelet().succeed(train);
        // Whichever of them comes first.
        for (Stage stage : List.of(Stage.SCORE, Stage.SELECT, Stage.LABEL)) {
            cluster.kubelet().succeed(cluster.awaitJob(stage, 1));
        }
        cluster.awaitReason(first, "Complete");
        cluster.awaitReason(second, "Complete");
        assertThat(cluster.jobs()).as("with that of the data set").hasSize(5);
        assertThat(cluster.eventReasons(second)).contains("SharedStageRunning");
    }

    @Test
    void makesTheStageItselfWhenTheOtherRoundIsHeldAndTakesItsResultWhenThatGoesOn(Cluster given) {
        begin(given);
        ActiveLearningRound first = create("round-0", Yaml.ROUND);
        cluster.awaitJob("round-0", Stage.TRAIN, 1);
        ActiveLearningRound second = create("twin", Yaml.ROUND);
        cluster.awaitReason(second, "SharedStageRunning");
        cluster.suspend(first, true);
        cluster.awaitReason(first, "Suspended");
        Job train = cluster.awaitJob("twin", Stage.TRAIN, 1);
        cluster.suspend(first, false);
        cluster.awaitReason(first, "SharedStageRunning");
        cluster.kubelet().succeed(train);
        cluster.awaitStage(first, Stage.TRAIN, stage -> stage.finishedAt() != null);
        assertThat(cluster.latest(first).getStatus().stages().getFirst().message())
                .contains("'twin' has made it");
    }

    @Test
    void makesAResultAgainThatAWorkerFoundDamaged(Cluster given) {
        begin(given);
        ActiveLearningRound round = create("round-0", Yaml.ROUND);
        Job train = cluster.awaitJob(Stage.TRAIN, 1);
        cluster.kubelet().succeed(train);
        Job score = cluster.awaitJob(Stage.SCORE, 1);
        cluster.s3().delete(Kubelet.request(train).layout().resultKey(0));
        fail(score, StageFailure.Reason.CorruptArtifact, "The artifact 'model' is not what was committed");

        Job again = cluster.awaitJob(Stage.TRAIN, 2);
        assertThat(Kubelet.request(again).digest())
                .isEqualTo(Kubelet.request(train).digest());
        assertThat(cluster.awaitStage(round, Stage.SCORE, stage -> stage.requestDigest() == null)
                        .failures())
                .as("so that damage that returns comes to an end")
                .isEqualTo(1);
        cluster.kubelet().succeed(again);
        Job rescore = cluster.awaitJob(Stage.SCORE, 2);
        assertThat(Kubelet.request(rescore).inputs().get(RoundRequests.MODEL))
                .isNotEqualTo(Kubelet.request(score).inputs().get(RoundRequests.MODEL));
        cluster.kubelet().succeed(rescore);
        cluster.finish(round, Stage.SELECT, Stage.LABEL);
        cluster.awaitReason(round, "Complete");
    }

    @Test
    void failsWhenAnInputOfOthersIsDamaged(Cluster given) {
        begin(given);
        ActiveLearningRound round = create("round-0", Yaml.ROUND);
        fail(
                cluster.awaitJob(Stage.TRAIN, 1),
                StageFailure.Reason.CorruptArtifact,
                "The artifact 'manifest.json' is missing");
        cluster.awaitReason(round, "CorruptArtifact");
        assertThat(cluster.jobs(Stage.TRAIN)).hasSize(1);
    }

    @Test
    void knowsWeightsByTheirContentAndNotByTheirKey(Cluster given) {
        begin(given);
        cluster.patchClass("{\"spec\": {\"store\": {\"sharedPrefixes\": [\"weights\"]}}}");
        ActiveLearningRound first = create("round-0", PRETRAINED.replace("KEY", "a"));
        cluster.awaitReason(first, "PretrainedNotFound");
        assertThat(Cluster.ready(cluster.latest(first)).getMessage()).contains("s3://viewal/weights/a", "by itself");
        cluster.s3().put("weights/a", "weights".getBytes(StandardCharsets.UTF_8));
        cluster.touch(first);
        cluster.touch(first);
        Job train = cluster.awaitJob(Stage.TRAIN, 1);
        assertThat(Kubelet.request(train).inputs().get(RoundRequests.PRETRAINED).key())
                .isEqualTo("weights/a");
        cluster.kubelet().succeed(train);

        cluster.s3().put("weights/b", "weights".getBytes(StandardCharsets.UTF_8));
        ActiveLearningRound same = create("same", PRETRAINED.replace("KEY", "b"));
        assertThat(cluster.awaitStage(same, Stage.TRAIN, stage -> stage.finishedAt() != null)
                        .message())
                .contains("'round-0' has made it");
        cluster.s3().put("weights/b", "others".getBytes(StandardCharsets.UTF_8));
        create("other", PRETRAINED.replace("KEY", "b"));
        cluster.awaitJob("other", Stage.TRAIN, 1);
        assertThat(cluster.jobs(Stage.TRAIN)).hasSize(2);
    }
}
