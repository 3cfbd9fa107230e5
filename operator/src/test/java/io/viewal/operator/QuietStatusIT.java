package io.viewal.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.viewal.api.v1alpha1.ActiveLearningRound;
import io.viewal.contract.ContractJson;
import io.viewal.contract.Stage;
import io.viewal.contract.StageFailure;
import io.viewal.operator.harness.Cluster;
import io.viewal.operator.harness.CountingClient;
import io.viewal.operator.harness.Kubelet;
import io.viewal.operator.harness.Servers;
import io.viewal.operator.harness.Yaml;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a round costs the API server, and that garbage in the store costs it nothing. */
@ExtendWith(Servers.class)
class QuietStatusIT {

    private static final int MOST_WRITES = 40;

    @Test
    void writesLittleHoweverLongARoundTrainsAndScores(Cluster cluster) throws InterruptedException {
        CountingClient counting = cluster.countingClient();
        cluster.startOperator(counting.client());
        cluster.createClass();
        cluster.createReadyDataset();
        int before = sum(counting.writes());
        ActiveLearningRound round = cluster.create(ActiveLearningRound.class, Yaml.ROUND);
        for (Stage stage : Stage.ROUND) {
            Job job = cluster.awaitJob(stage, 1);
            boolean takesLong = stage == Stage.TRAIN || stage == Stage.SCORE;
            run(cluster, job, cluster.kubelet().run(job), takesLong ? 100 : 3);
            cluster.kubelet().succeed(job);
        }
        cluster.awaitReason(round, "Complete");
        cluster.awaitEvent(round, "Complete");
        int writes = sum(counting.writes()) - before;
        System.out.printf(
                "a round that trains and scores for 10 hours each: %d API writes; all so far: %s%n",
                writes, counting.writes());
        assertThat(writes).isLessThanOrEqualTo(MOST_WRITES);
    }

    private static void run(Cluster cluster, Job job, Pod pod, int reports) throws InterruptedException {
        for (int done = 0; done < reports; done++) {
            cluster.clock().forward(Duration.ofMinutes(6));
            cluster.kubelet().progress(job, done, reports, "iteration " + done);
            cluster.kubelet().nudge(pod);
            Thread.sleep(40);
        }
    }

    private static int sum(Map<String, Integer> writes) {
        return writes.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Test
    void saysThatAResultIsNoneAndGoesOnOnceItIsGone(Cluster cluster) {
        cluster.startOperator();
        cluster.createClass();
        cluster.createReadyDataset();
        ActiveLearningRound round = cluster.create(ActiveLearningRound.class, Yaml.ROUND);
        Job train = cluster.awaitJob(Stage.TRAIN, 1);
        String key = Kubelet.request(train).layout().resultKey(0);
        cluster.s3()
                .put(key, ContractJson.toBytes(Map.of("stage", "TRAIN", "facts", Map.of("x", "y".repeat(4 << 20)))));
        cluster.kubelet().complete(train);
        cluster.awaitReason(round, "CorruptArtifact");
        assertThat(Cluster.ready(cluster.latest(round)).getMessage()).contains(key, "64 KiB", "delete it");
        cluster.s3().put(key, ContractJson.toBytes(Map.of("stage", "TRAIN")));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Cluster.ready(cluster.latest(round)).getMessage().contains("'requestDigest' is missing"));
        cluster.kubelet().commit(train);
        cluster.awaitJob(Stage.SCORE, 1);
    }

    @Test
    void stopsWhatStillRunsWhenARoundFails(Cluster cluster) {
        cluster.startOperator();
        cluster.createClass();
        cluster.createReadyDataset();
        ActiveLearningRound round = cluster.create(ActiveLearningRound.class, Yaml.ROUND);
        Job train = cluster.awaitJob(Stage.TRAIN, 1);
        Pod pod = cluster.kubelet().run(train);
        cluster.awaitReason(round, "Running");
        cluster.kubelet()
                .exitBesideASidecar(
                        train, pod, 65, new StageFailure(StageFailure.Reason.InvalidLabels, "label 9 of 5 classes"));
        cluster.awaitReason(round, "InvalidLabels");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> cluster.jobs(Stage.TRAIN).isEmpty());
    }
}
