package io.viewal.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.viewal.api.v1alpha1.ActiveLearningRound;
import io.viewal.api.v1alpha1.MultiViewDataset;
import io.viewal.api.v1alpha1.Outcome;
import io.viewal.api.v1alpha1.RoundStatus;
import io.viewal.api.v1alpha1.StageStatus;
import io.viewal.contract.ArtifactRef;
import io.viewal.contract.RoundRequests;
import io.viewal.contract.Stage;
import io.viewal.contract.TrainParameters;
import io.viewal.operator.harness.Cluster;
import io.viewal.operator.harness.FakeResults;
import io.viewal.operator.harness.Kubelet;
import io.viewal.operator.harness.Servers;
import io.viewal.operator.harness.Yaml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Servers.class)
class RoundLifecycleIT {

    private static final String SECOND = Yaml.ROUND
            .replace("name: round-0", "name: round-1")
            .replace("seed: 7", "seed: 8\n  previousRound: round-0");

    @Test
    void runsARoundThroughAllStages(Cluster cluster) {
        cluster.startOperator();
        cluster.createClass();
        ActiveLearningRound round = cluster.create(ActiveLearningRound.class, Yaml.ROUND);
        cluster.createReadyDataset();
        cluster.finish(round);
        RoundStatus status = cluster.awaitReason(round, "Complete").getStatus();

        assertThat(status.outcome()).isEqualTo(Outcome.Complete);
        assertThat(status.meanIoU()).isEqualTo(0.34568);
        assertThat(status.trainedOn()).isEqualTo(new RoundStatus.TrainedOn(3072L, 0.125, 1L, 40L, 70.0));
        assertThat(status.labels()).isEqualTo(new RoundStatus.Labels(9216L, 0.375, 120L, 210.0));
        assertThat(status.artifacts()).containsOnlyKeys("history", "labels", "model", "page", "selection");
        assertThat(status.facts()).containsEntry("device", "cpu");
        assertThat(status.stages())
                .allSatisfy(stage -> assertThat(stage.progress()).isEqualTo(100));
        assertThat(status.conditions())
                .extracting(Condition::getType, Condition::getStatus)
                .containsExactly(
                        tuple("Ready", "True"),
                        tuple("Reconciling", "False"),
                        tuple("Stalled", "False"),
                        tuple("TrainComplete", "True"),
                        tuple("ScoreComplete", "True"),
                        tuple("SelectComplete", "True"),
                        tuple("LabelComplete", "True"));
        cluster.awaitEvent(round, "Complete");
        assertThat(cluster.eventReasons(round))
                .containsSubsequence("StageLaunched", "StageComplete", "RandomWeights", "Complete")
                .containsOnlyOnce("RandomWeights");
        assertThat(Kubelet.request(cluster.jobs(Stage.LABEL).getFirst()).inputs())
                .containsKeys(RoundRequests.DATASET, RoundRequests.LABELS, RoundRequests.SELECTION, "scores-00000");
    }

    @Test
    void endsAfterItsTrainingWhenNothingIsToBeSelected(Cluster cluster) {
        cluster.startOperator();
        cluster.createClass();
        cluster.createReadyDataset();
        ActiveLearningRound round = cluster.create(ActiveLearningRound.class, Yaml.TRAINING);
        cluster.kubelet().succeed(cluster.awaitJob(Stage.TRAIN, 1));
        RoundStatus status = cluster.awaitReason(round, "Complete").getStatus();

        assertThat(status.meanIoU()).isEqualTo(0.34568);
        assertThat(status.trainedOn().fraction()).isEqualTo(0.125);
        assertThat(status.labels()).isNull();
        assertThat(status.artifacts()).containsOnlyKeys("history", "model");
        assertThat(status.stages()).extracting(StageStatus::stage).containsExactly("Train");
        assertThat(status.conditions())
                .extracting(Condition::getType)
                .containsExactly("Ready", "Reconciling", "Stalled", "TrainComplete");
        assertThat(Cluster.ready(cluster.latest(round)).getMessage())
                .isEqualTo("Trained on 12.50% of the train split's pixels; the mean IoU is 34.57%; nothing was to be"
                        + " selected");
        ActiveLearningRound next = cluster.create(
                ActiveLearningRound.class, SECOND.replace("previousRound: round-0", "previousRound: training"));
        cluster.awaitReason(next, "PreviousRoundLeftNoLabels");
        assertThat(cluster.jobs()).hasSize(2);
    }

    @Test
    void trainsOnAllLabelsWithFullSupervision(Cluster cluster) {
        cluster.startOperator();
        cluster.createClass();
        cluster.createReadyDataset();
        ActiveLearningRound round =
                cluster.create(ActiveLearningRound.class, Yaml.TRAINING + "  labels: {source: FullSupervision}\n");
        Job train = cluster.awaitJob(Stage.TRAIN, 1);
        assertThat(Kubelet.request(train).inputs()).containsOnlyKeys(RoundRequests.DATASET);
        assertThat(((TrainParameters) Kubelet.request(train).parameters()).fullySupervised())
                .isTrue();
        cluster.kubelet().succeed(train);
        cluster.awaitReason(round, "Complete");
    }

    @Test
    void startsFromALabelSetThatItRefersTo(Cluster cluster) {
        cluster.startOperator();
        cluster.createClass();
        cluster.createReadyDataset();
        String labels = "  labels: {source: Reference, key: %s/label-set.zip, sha256: " + "0a".repeat(32) + "}\n";
        ActiveLearningRound stranger = cluster.create(
                ActiveLearningRound.class,
                Yaml.ROUND.replace("name: round-0", "name: stranger") + labels.formatted("runs/another-namespace"));
        cluster.awaitReason(stranger, "KeyNotAllowed");
        cluster.create(ActiveLearningRound.class, Yaml.ROUND + labels.formatted("runs/" + cluster.namespace()));
        Job train = cluster.awaitJob("round-0", Stage.TRAIN, 1);
        ArtifactRef asked = Kubelet.request(train).inputs().get(RoundRequests.LABELS);
        assertThat(asked)
                .isEqualTo(new ArtifactRef("runs/" + cluster.namespace() + "/label-set.zip", null, "0a".repeat(32)));
        cluster.kubelet().succeed(train);
        Job score = cluster.awaitJob("round-0", Stage.SCORE, 1);
        assertThat(Kubelet.request(score).inputs()).containsEntry(RoundRequests.LABELS, asked);
    }

    @Test
    void preparesADataset(Cluster cluster) {
        cluster.startOperator();
        cluster.createClass();
        MultiViewDataset dataset = cluster.createReadyDataset();
        assertThat(dataset.getStatus().ready()).isTrue();
        assertThat(dataset.getStatus().scenes()).isEqualTo(3);
        assertThat(dataset.getStatus().frames()).isEqualTo(12);
        assertThat(dataset.getStatus().labeledFraction()).isEqualTo(0.125);
        assertThat(dataset.getStatus().clicks()).isEqualTo(40);
        assertThat(dataset.getStatus().seconds()).isEqualTo(70.0);
        assertThat(dataset.getStatus().superpixelMeanIoU()).isEqualTo(0.87654);
        assertThat(dataset.getStatus().preflight()).isEqualTo(FakeResults.PREFLIGHT);
        assertThat(dataset.getStatus().artifacts()).containsOnlyKeys("dataset", "labels");
        assertThat(dataset.getStatus().digest())
                .isEqualTo(dataset.getStatus().artifacts().get("dataset").sha256());
        cluster.awaitEvent(dataset, "Complete");
        assertThat(cluster.eventReasons(dataset)).containsExactly("StageLaunched", "StageComplete", "Complete");
    }

    @Test
    void severalWorkersShareAPreparation(Cluster cluster) {
        cluster.startOperator();
        cluster.createClass();
        MultiViewDataset dataset =
                cluster.create(MultiViewDataset.class, Yaml.DATASET.replace("width: 64", "shards: 3\n  width: 64"));
        Job job = cluster.awaitJob(Stage.PREPARE, 1);
        assertThat(job.getSpec().getCompletionMode()).isEqualTo("Indexed");
        assertThat(job.getSpec().getCompletions()).isEqualTo(3);
        assertThat(job.getSpec().getParallelism()).isEqualTo(3);
        cluster.kubelet().succeed(job);

        MultiViewDataset prepared = cluster.awaitReason(dataset, "Complete");
        assertThat(prepared.getStatus().scenes()).isEqualTo(3);
        assertThat(prepared.getStatus().frames()).isEqualTo(12);
        assertThat(prepared.getStatus().artifacts()).containsOnlyKeys("dataset", "labels");
        assertThat(prepared.getStatus().artifacts().get("dataset").uri()).endsWith("dataset-0");
        assertThat(Cluster.ready(prepared).getMessage()).contains("6 of the scenes were there already");
    }

    @Test
    void startsTheSecondRoundFromTheLabelsOfTheFirst(Cluster cluster) {
        cluster.startOperator();
        cluster.createClass();
        cluster.createReadyDataset();
        ActiveLearningRound second = cluster.create(ActiveLearningRound.class, SECOND);
        cluster.awaitReason(second, "PreviousRoundNotFound");
        ActiveLearningRound first = cluster.create(ActiveLearningRound.class, Yaml.ROUND);
        cluster.awaitReason(second, "PreviousRoundNotReady");
        assertThat(cluster.jobs()).noneMatch(job -> job.getMetadata().getName().startsWith("round-1"));
        cluster.finish(first);
        Job train = cluster.awaitJob("round-1", Stage.TRAIN, 1);
        assertThat(Kubelet.request(train).inputs().get(RoundRequests.LABELS).sha256())
                .isEqualTo(cluster.awaitReason(first, "Complete")
                        .getStatus()
                        .artifacts()
                        .get("labels")
                        .sha256());
    }

    @Test
    void startsTheSecondRoundFromTheModelOfTheFirstIfAskedTo(Cluster cluster) {
        cluster.startOperator();
        cluster.createClass();
        cluster.createReadyDataset();
        ActiveLearningRound first = cluster.create(ActiveLearningRound.class, Yaml.ROUND);
        cluster.finish(first);
        ActiveLearningRound second = cluster.create(
                ActiveLearningRound.class, SECOND.replace("epochs: 1", "epochs: 1, start: PreviousRound"));
        Job train = cluster.awaitJob("round-1", Stage.TRAIN, 1);
        String model = cluster.awaitReason(first, "Complete")
                .getStatus()
                .artifacts()
                .get("model")
                .sha256();
        assertThat(Kubelet.request(train).inputs().get(RoundRequests.START).sha256())
                .isEqualTo(model);
        cluster.finish(second);
        assertThat(cluster.awaitReason(second, "Complete")
                        .getStatus()
                        .inputs()
                        .model()
                        .sha256())
                .isEqualTo(model);
    }

    @Test
    void sharesScoringAmongShards(Cluster cluster) {
        cluster.startOperator();
        cluster.createClass();
        cluster.createReadyDataset();
        ActiveLearningRound round = cluster.create(
                ActiveLearningRound.class, Yaml.ROUND.replace("scoring: {passes: 2}", "scoring: {shards: 3}"));
        cluster.kubelet().succeed(cluster.awaitJob(Stage.TRAIN, 1));
        Job score = cluster.awaitJob(Stage.SCORE, 1);
        assertThat(score.getSpec().getCompletionMode()).isEqualTo("Indexed");
        assertThat(score.getSpec().getCompletions()).isEqualTo(3);
        cluster.kubelet().succeed(score);
        Job select = cluster.awaitJob(Stage.SELECT, 1);
        assertThat(Kubelet.request(select).inputs()).containsKeys("scores-00000", "scores-00001", "scores-00002");
        cluster.kubelet().succeed(select);
        cluster.kubelet().succeed(cluster.awaitJob(Stage.LABEL, 1));
        cluster.awaitReason(round, "Complete");
    }

    @Test
    void doesNotRecreateJobAfterComplete(Cluster cluster) {
        cluster.startOperator();
        cluster.createClass();
        cluster.createReadyDataset();
        ActiveLearningRound round = cluster.create(ActiveLearningRound.class, Yaml.ROUND);
        cluster.finish(round);
        cluster.awaitReason(round, "Complete");
        cluster.deleteJobs();
        cluster.s3().clear();
        cluster.touch(round);
        cluster.staysWithoutJobs();
        assertThat(cluster.latest(round).getStatus().outcome()).isEqualTo(Outcome.Complete);
    }

    @Test
    void doesNotRecreateJobAfterComplete_evenByANewOperator(Cluster cluster) throws Exception {
        var operator = cluster.startOperator();
        cluster.createClass();
        cluster.createReadyDataset();
        ActiveLearningRound round = cluster.create(ActiveLearningRound.class, Yaml.ROUND);
        cluster.finish(round);
        cluster.awaitReason(round, "Complete");
        operator.close();
        cluster.deleteJobs();
        cluster.startOperator();
        cluster.staysWithoutJobs();
    }

    @Test
    void goesOnWithTheInputsThatItBeganWith(Cluster cluster) {
        cluster.startOperator();
        cluster.createClass();
        MultiViewDataset dataset = cluster.createReadyDataset();
        ActiveLearningRound round = cluster.create(ActiveLearningRound.class, Yaml.ROUND);
        Job train = cluster.awaitJob(Stage.TRAIN, 1);
        cluster.awaitStatus(round, status -> status.inputs() != null);
        cluster.client().resource(dataset).delete();
        cluster.kubelet().succeed(train);
        Job score = cluster.awaitJob(Stage.SCORE, 1);
        assertThat(Kubelet.request(score).inputs().get(RoundRequests.DATASET))
                .isEqualTo(Kubelet.request(train).inputs().get(RoundRequests.DATASET));
    }

    @Test
    void findsACommittedResultWithoutLaunchingAnything(Cluster cluster) throws Exception {
        var operator = cluster.startOperator();
        cluster.createClass();
        cluster.createReadyDataset();
        ActiveLearningRound round = cluster.create(ActiveLearningRound.class, Yaml.ROUND);
        Job train = cluster.awaitJob(Stage.TRAIN, 1);
        cluster.awaitLaunched(round);
        operator.close();
        cluster.kubelet().commit(train);
        cluster.deleteJobs();
        cluster.startOperator();
        cluster.awaitJob(Stage.SCORE, 1);
        assertThat(cluster.jobs(Stage.TRAIN)).isEmpty();
    }
}
