package io.viewal.operator;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.viewal.api.v1alpha1.ActiveLearningRound;
import io.viewal.operator.harness.Cluster;
import io.viewal.operator.harness.OperatorProcess;
import io.viewal.operator.harness.Servers;
import io.viewal.operator.harness.Yaml;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What the operator takes among many finished rounds: memory, the time until it is ready, processor time at rest, and the
 * time of one more round. A benchmark, not a test: {@code src/bench/operator-scale} runs it.
 */
@ExtendWith(Servers.class)
class OperatorScaleBench {

    private static final int ROUNDS = Integer.getInteger("rounds", 10_000);
    private static final int WRITERS = 16;
    private static final Duration REST = Duration.ofSeconds(30);

    private static OperatorProcess start(Cluster cluster) throws Exception {
        return new OperatorProcess(
                cluster.api().kubeconfig(),
                Map.of("VIEWAL_CREDENTIALS_DIR", cluster.s3().credentials().toString()));
    }

    @Test
    void restsAmongFinishedRounds(Cluster cluster) throws Exception {
        try (OperatorProcess operator = start(cluster)) {
            operator.awaitReady();
            cluster.createClass();
            cluster.createReadyDataset();
            multiply(cluster, finished(cluster, "round-0"));
        }
        try (OperatorProcess operator = start(cluster)) {
            Duration ready = operator.awaitReady();
            Thread.sleep(REST);
            Duration before = operator.processorTime();
            Thread.sleep(REST);
            double share = 100.0 * operator.processorTime().minus(before).toMillis() / REST.toMillis();
            long resident = operator.residentMebibytes();
            long begin = System.nanoTime();
            finished(cluster, "round-more");
            System.out.printf(
                    "%d finished rounds: ready after %.1f s, %d MiB resident, %.2f%% of a core at rest;"
                            + " one more round took %.1f s, and then %d MiB%n",
                    ROUNDS,
                    ready.toMillis() / 1e3,
                    resident,
                    share,
                    (System.nanoTime() - begin) / 1e9,
                    operator.residentMebibytes());
        }
    }

    private static ActiveLearningRound finished(Cluster cluster, String name) {
        ActiveLearningRound round =
                cluster.create(ActiveLearningRound.class, Yaml.ROUND.replace("name: round-0", "name: " + name));
        cluster.finish(round);
        return cluster.awaitReason(round, "Complete");
    }

    /** Creates rounds with the spec and the status of a finished one. */
    private static void multiply(Cluster cluster, ActiveLearningRound finished) throws Exception {
        try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
            List<Future<Object>> written = writers.invokeAll(IntStream.range(1, ROUNDS)
                    .mapToObj(i -> (Callable<Object>) () -> copy(cluster, finished, "finished-" + i))
                    .toList());
            for (Future<Object> one : written) {
                one.get();
            }
        }
    }

    private static ActiveLearningRound copy(Cluster cluster, ActiveLearningRound finished, String name) {
        ActiveLearningRound round = new ActiveLearningRound();
        round.setMetadata(new ObjectMetaBuilder()
                .withNamespace(cluster.namespace())
                .withName(name)
                .build());
        round.setSpec(finished.getSpec());
        ActiveLearningRound created = cluster.client().resource(round).create();
        created.setStatus(finished.getStatus());
        return cluster.client().resource(created).updateStatus();
    }
}
