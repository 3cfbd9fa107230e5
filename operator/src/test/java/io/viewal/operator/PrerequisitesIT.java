package io.viewal.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.viewal.api.v1alpha1.ActiveLearningRound;
import io.viewal.api.v1alpha1.MultiViewDataset;
import io.viewal.api.v1alpha1.RoundClass;
import io.viewal.contract.Stage;
import io.viewal.contract.StageFailure;
import io.viewal.operator.harness.Cluster;
import io.viewal.operator.harness.Servers;
import io.viewal.operator.harness.Yaml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Bad input gives a condition with a reason and a sentence, and an event; it goes on when the thing appears. */
@ExtendWith(Servers.class)
class PrerequisitesIT {

    private static void assertToldOnce(Cluster cluster, ActiveLearningRound round, String reason, String... words)
            throws InterruptedException {
        ActiveLearningRound blocked = cluster.awaitReason(round, reason);
        assertThat(Cluster.ready(blocked).getStatus()).isEqualTo("False");
        assertThat(Cluster.ready(blocked).getMessage()).contains(words);
        Thread.sleep(1500);
        assertThat(cluster.latest(round).getMetadata().getResourceVersion())
                .as("the operator does not loop")
                .isEqualTo(blocked.getMetadata().getResourceVersion());
        cluster.awaitEvent(round, reason);
    }

    @Test
    void waitsForItsDataset(Cluster cluster) throws InterruptedException {
        cluster.startOperator();
        cluster.createClass();
        ActiveLearningRound round = cluster.create(ActiveLearningRound.class, Yaml.ROUND);
        assertToldOnce(cluster, round, "DatasetNotFound", "'rooms'", "once it is made");
        assertThat(Cluster.condition(cluster.latest(round).getStatus().conditions(), "Reconciling")
                        .getStatus())
                .as("it is waited for, as kstatus reads it")
                .isEqualTo("True");
        cluster.create(MultiViewDataset.class, Yaml.DATASET);
        cluster.awaitReason(round, "DatasetNotReady");
        cluster.kubelet().succeed(cluster.awaitJob(Stage.PREPARE, 1));
        cluster.awaitJob(Stage.TRAIN, 1);
    }

    @Test
    void doesNotBeginOnADatasetThatFailed(Cluster cluster) throws InterruptedException {
        cluster.startOperator();
        cluster.createClass();
        MultiViewDataset dataset = cluster.create(MultiViewDataset.class, Yaml.DATASET);
        var prepare = cluster.awaitJob(Stage.PREPARE, 1);
        cluster.kubelet()
                .exit(
                        prepare,
                        cluster.kubelet().run(prepare),
                        65,
                        "Error",
                        new StageFailure(StageFailure.Reason.InvalidDataset, "frame 3 has no depth"));
        cluster.kubelet().failJob(prepare);
        assertThat(Cluster.ready(cluster.awaitReason(dataset, "InvalidDataset")).getMessage())
                .contains("frame 3 has no depth");
        ActiveLearningRound round = cluster.create(ActiveLearningRound.class, Yaml.ROUND);
        assertToldOnce(cluster, round, "DatasetFailed", "'rooms'");
        cluster.client().resource(dataset).delete();
        cluster.deleteJobs();
        cluster.createReadyDataset();
        cluster.awaitJob(Stage.TRAIN, 1);
    }

    @Test
    void waitsForItsClass(Cluster cluster) throws InterruptedException {
        cluster.startOperator();
        ActiveLearningRound round = cluster.create(ActiveLearningRound.class, Yaml.ROUND);
        assertToldOnce(cluster, round, "ClassNotFound", cluster.namespace());
        cluster.createClass();
        cluster.awaitReason(round, "DatasetNotFound");
    }

    @Test
    void asksForAClassWhenNoneIsTheDefault(Cluster cluster) throws InterruptedException {
        cluster.startOperator();
        RoundClass roundClass = cluster.createClass();
        ActiveLearningRound round =
                cluster.create(ActiveLearningRound.class, Yaml.ROUND.replace("className: CLASS", ""));
        assertToldOnce(cluster, round, "NoDefaultClass", cluster.namespace(), "viewal.io/is-default-class");
        cluster.makeDefault(roundClass);
        cluster.awaitReason(round, "DatasetNotFound");
    }

    @Test
    void beginsOnceItsNamespaceMayUseTheClass(Cluster cluster) throws InterruptedException {
        cluster.startOperator();
        cluster.createClass();
        cluster.createReadyDataset();
        cluster.patchClass("{\"spec\": {\"allowedNamespaces\": {\"matchLabels\": {\"team\": \"vision\"}}}}");
        ActiveLearningRound round = cluster.create(ActiveLearningRound.class, Yaml.ROUND);
        assertToldOnce(cluster, round, "NamespaceNotAllowed", cluster.namespace(), "allowedNamespaces");
        cluster.client()
                .namespaces()
                .withName(cluster.namespace())
                .edit(namespace -> new NamespaceBuilder(namespace)
                        .editMetadata()
                        .addToLabels("team", "vision")
                        .endMetadata()
                        .build());
        cluster.awaitJob(Stage.TRAIN, 1);
    }

    @Test
    void givesJobsAndPodsTheLabelsOfItsOwnThatTheClassLists(Cluster cluster) {
        cluster.startOperator();
        cluster.createClass();
        cluster.createReadyDataset();
        cluster.patchClass(
                "{\"spec\": {\"pods\": {\"inheritLabels\": [\"team\"], \"inheritAnnotations\": [\"owner\"]}}}");
        cluster.create(
                ActiveLearningRound.class,
                Yaml.ROUND.replace(
                        "{name: round-0}",
                        "{name: round-0, labels: {team: vision, app: x}, annotations: {owner: Ada}}"));
        Job train = cluster.awaitJob(Stage.TRAIN, 1);
        assertThat(train.getMetadata().getLabels())
                .containsEntry("team", "vision")
                .doesNotContainKey("app");
        assertThat(train.getMetadata().getAnnotations()).containsEntry("owner", "Ada");
        assertThat(train.getSpec().getTemplate().getMetadata().getLabels()).containsEntry("team", "vision");
        assertThat(train.getSpec().getTemplate().getMetadata().getAnnotations()).containsEntry("owner", "Ada");
    }

    @Test
    void refusesLabelsOfAnotherDataset(Cluster cluster) throws InterruptedException {
        cluster.startOperator();
        cluster.createClass();
        cluster.createReadyDataset();
        cluster.create(
                ActiveLearningRound.class,
                Yaml.ROUND.replace("name: round-0", "name: other").replace("dataset: rooms", "dataset: halls"));
        ActiveLearningRound round =
                cluster.create(ActiveLearningRound.class, Yaml.ROUND.replace("seed: 7", "previousRound: other"));
        assertToldOnce(cluster, round, "PreviousRoundOfOtherDataset", "'halls'", "'rooms'");
    }

    @Test
    void refusesRoundsThatWaitForEachOther(Cluster cluster) throws InterruptedException {
        cluster.startOperator();
        cluster.createClass();
        cluster.createReadyDataset();
        ActiveLearningRound first =
                cluster.create(ActiveLearningRound.class, Yaml.ROUND.replace("seed: 7", "previousRound: round-1"));
        cluster.awaitReason(first, "PreviousRoundNotFound");
        cluster.create(
                ActiveLearningRound.class,
                Yaml.ROUND.replace("name: round-0", "name: round-1").replace("seed: 7", "previousRound: round-0"));
        assertToldOnce(cluster, first, "PreviousRoundCircular", "round-0, round-1, round-0");
    }

    @Test
    void doesNotBeginAfterARoundThatFailed(Cluster cluster) throws InterruptedException {
        cluster.startOperator();
        cluster.createClass();
        cluster.createReadyDataset();
        ActiveLearningRound first = cluster.create(ActiveLearningRound.class, Yaml.ROUND);
        var train = cluster.awaitJob(Stage.TRAIN, 1);
        cluster.kubelet().exit(train, cluster.kubelet().run(train), 65, "Error", null);
        cluster.kubelet().failJob(train);
        cluster.awaitReason(first, "WorkerFailed");
        ActiveLearningRound second = cluster.create(
                ActiveLearningRound.class,
                Yaml.ROUND.replace("name: round-0", "name: round-1").replace("seed: 7", "previousRound: round-0"));
        assertToldOnce(cluster, second, "PreviousRoundFailed", "'round-0'");
    }

    @Test
    void refusesToAskForMoreThanTheClassAllows(Cluster cluster) throws InterruptedException {
        cluster.startOperator();
        cluster.createClass();
        cluster.createReadyDataset();
        ActiveLearningRound round = cluster.create(
                ActiveLearningRound.class,
                Yaml.ROUND.replace("seed: 7", "resources: {score: {gpus: 2}, train: {memory: 3Gi}}"));
        assertToldOnce(cluster, round, "ResourcesAboveLimit", "Score asks for 2 GPUs", "allows 1");
        cluster.patchClass("{\"spec\": {\"resources\": {\"max\": {\"gpus\": 2}}}}");
        cluster.awaitJob(Stage.TRAIN, 1);
    }

    @Test
    void saysThatTheBucketIsMissing(Cluster cluster) throws InterruptedException {
        cluster.startOperator();
        cluster.create(RoundClass.class, Yaml.CLASS.replace("bucket: viewal", "bucket: no-such-bucket"));
        MultiViewDataset dataset = cluster.create(MultiViewDataset.class, Yaml.DATASET);
        assertThat(Cluster.ready(cluster.awaitReason(dataset, "BucketNotFound")).getMessage())
                .contains("'no-such-bucket'", "make it");
        cluster.awaitEvent(dataset, "BucketNotFound");
    }

    @Test
    void saysThatTheCredentialsAreWrong(Cluster cluster) throws InterruptedException {
        cluster.startOperator();
        cluster.create(RoundClass.class, Yaml.CLASS.replace("viewal-store", "wrong-store"));
        MultiViewDataset dataset = cluster.create(MultiViewDataset.class, Yaml.DATASET);
        String message =
                Cluster.ready(cluster.awaitReason(dataset, "StoreAccessDenied")).getMessage();
        assertThat(message).contains("'wrong-store'").doesNotContain("not-the-secret-key");
    }

    @Test
    void saysThatItHasNoCredentials(Cluster cluster) throws InterruptedException {
        cluster.startOperator();
        cluster.create(RoundClass.class, Yaml.CLASS.replace("viewal-store", "absent-store"));
        MultiViewDataset dataset = cluster.create(MultiViewDataset.class, Yaml.DATASET);
        assertThat(Cluster.ready(cluster.awaitReason(dataset, "StoreCredentialsMissing"))
                        .getMessage())
                .contains("'absent-store'", "storeCredentials");
    }

    @Test
    void waitsForAStoreThatCannotBeReached(Cluster cluster) throws InterruptedException {
        cluster.startOperator();
        cluster.create(RoundClass.class, Yaml.CLASS.replace("ENDPOINT", "http://127.0.0.1:9"));
        MultiViewDataset dataset = cluster.create(MultiViewDataset.class, Yaml.DATASET);
        MultiViewDataset waiting = cluster.awaitReason(dataset, "StoreUnavailable");
        assertThat(Cluster.ready(waiting).getMessage()).contains("http://127.0.0.1:9");
        assertThat(Cluster.condition(waiting.getStatus().conditions(), "Reconciling")
                        .getStatus())
                .isEqualTo("True");
        cluster.patchClass("{\"spec\": {\"store\": {\"endpoint\": \"%s\"}}}"
                .formatted(cluster.s3().endpoint()));
        cluster.awaitJob(Stage.PREPARE, 1);
    }

    @Test
    void refusesADatasetInAnotherStore(Cluster cluster) throws InterruptedException {
        cluster.startOperator();
        cluster.createClass();
        cluster.createReadyDataset();
        cluster.createOtherClass(Yaml.CLASS.replace("bucket: viewal", "bucket: elsewhere"));
        ActiveLearningRound round = cluster.create(
                ActiveLearningRound.class, Yaml.ROUND.replace("className: CLASS", "className: CLASS-other"));
        assertToldOnce(cluster, round, "StoresDiffer", "'viewal'", "'elsewhere'");
    }

    @Test
    void trainsWithAnImageOfTheRoundOnlyWhenTheClassAllowsIt(Cluster cluster) throws InterruptedException {
        cluster.startOperator();
        cluster.createClass();
        cluster.createReadyDataset();
        ActiveLearningRound round = cluster.create(
                ActiveLearningRound.class,
                Yaml.ROUND.replace(
                        "training: {epochs: 1}",
                        "training: {epochs: 1, image: \"registry.example.com/lab/trainer:3\"}"));
        assertToldOnce(
                cluster,
                round,
                "ImageNotAllowed",
                "'registry.example.com/lab/trainer:3'",
                "worker.allowedTrainerImages");
        cluster.patchClass("{\"spec\": {\"worker\": {\"allowedTrainerImages\": [\"registry.example.com/lab/*\"]}}}");
        var pod = cluster.awaitJob(Stage.TRAIN, 1).getSpec().getTemplate().getSpec();
        assertThat(pod.getContainers().getFirst().getImage()).isEqualTo("registry.example.com/lab/trainer:3");
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getContainers().getFirst().getSecurityContext().getReadOnlyRootFilesystem())
                .isTrue();
    }

    @Test
    void readsKeysOfItsOwnNamespaceAndThoseThatTheClassShares(Cluster cluster) throws InterruptedException {
        cluster.startOperator();
        cluster.createClass();
        MultiViewDataset others = cluster.create(
                MultiViewDataset.class,
                Yaml.DATASET.replace(
                        "synthetic: {scenes: 3, framesPerScene: 4, seed: 1}", "uri: s3://viewal/runs/other/x"));
        assertThat(Cluster.ready(cluster.awaitReason(others, "KeyNotAllowed")).getMessage())
                .contains("s3://viewal/runs/other/x", "'runs/" + cluster.namespace() + "'");
        cluster.client().resource(others).delete();
        cluster.createReadyDataset();
        ActiveLearningRound round = cluster.create(
                ActiveLearningRound.class,
                Yaml.ROUND.replace(
                        "training: {epochs: 1}", "training: {epochs: 1, pretrained: weights/net.safetensors}"));
        assertToldOnce(cluster, round, "KeyNotAllowed", "s3://viewal/weights/net.safetensors", "store.sharedPrefixes");
        cluster.s3().put("weights/net.safetensors", new byte[] {1});
        cluster.patchClass("{\"spec\": {\"store\": {\"sharedPrefixes\": [\"weights\"]}}}");
        cluster.awaitJob(Stage.TRAIN, 1);
    }

    @Test
    void asksForAModelWhenThePreviousRoundLeftNone(Cluster cluster) throws InterruptedException {
        cluster.startOperator();
        cluster.createClass();
        cluster.patchClass("{\"spec\": {\"worker\": {\"allowedTrainerImages\": [\"registry.example.com/lab/*\"]}}}");
        cluster.createReadyDataset();
        ActiveLearningRound first = cluster.create(
                ActiveLearningRound.class,
                Yaml.ROUND.replace("{epochs: 1}", "{epochs: 1, image: \"registry.example.com/lab/trainer:3\"}"));
        cluster.finish(first);
        cluster.awaitReason(first, "Complete");
        ActiveLearningRound second = cluster.create(
                ActiveLearningRound.class,
                Yaml.ROUND
                        .replace("name: round-0", "name: round-1")
                        .replace("seed: 7", "previousRound: round-0")
                        .replace("{epochs: 1}", "{epochs: 1, start: PreviousRound}"));
        assertToldOnce(cluster, second, "PreviousRoundLeftNoModel", "'round-0'", "training.start Pretrained");
    }
}
