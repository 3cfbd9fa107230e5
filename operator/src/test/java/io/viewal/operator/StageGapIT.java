package io.viewal.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.viewal.api.v1alpha1.ActiveLearningRound;
import io.viewal.contract.Stage;
import io.viewal.operator.harness.Cluster;
import io.viewal.operator.harness.Servers;
import io.viewal.operator.harness.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * How long it takes from a stage's Job completing to the next stage's Job existing, as a watch of Jobs sees it. The figures
 * are printed, for a quiet machine; what fails here is a stage that waits for the operator's clock.
 */
@ExtendWith(Servers.class)
class StageGapIT {

    private static final int ROUNDS = 34;
    private static final long POLL_MILLIS = 2000;

    /** Notes when each Job is first seen, and first seen complete. */
    private static final class Stopwatch implements Watcher<Job> {

        private final Map<String, Long> created = new ConcurrentHashMap<>();
        private final Map<String, Long> completed = new ConcurrentHashMap<>();

        @Override
        public void eventReceived(Action action, Job job) {
            created.putIfAbsent(key(job), System.nanoTime());
            boolean complete = job.getStatus().getConditions().stream()
                    .anyMatch(condition -> condition.getType().equals("Complete"));
            if (complete) {
                completed.putIfAbsent(key(job), System.nanoTime());
            }
        }

        @Override
        public void onClose(WatcherException cause) {}

        private static String key(Job job) {
            Map<String, String> labels = job.getMetadata().getLabels();
            return labels.get("app.kubernetes.io/instance") + "/" + labels.get("viewal.io/stage");
        }

        List<Double> gapsMillis(String round) {
            List<Double> gaps = new ArrayList<>();
            for (int next = 1; next < Stage.ROUND.size(); next++) {
                long end = completed.get(round + "/" + Stage.ROUND.get(next - 1).key());
                long begin = created.get(round + "/" + Stage.ROUND.get(next).key());
                gaps.add((begin - end) / 1e6);
            }
            return gaps;
        }
    }

    @Test
    void launchesTheNextStageAtOnce(Cluster cluster) {
        cluster.startOperator();
        cluster.createClass();
        cluster.createReadyDataset();
        Stopwatch stopwatch = new Stopwatch();
        List<Double> gaps = new ArrayList<>();
        try (var watch = cluster.client()
                .batch()
                .v1()
                .jobs()
                .inNamespace(cluster.namespace())
                .watch(stopwatch)) {
            for (int i = 0; i < ROUNDS; i++) {
                String name = "gap-" + i;
                // Each of a seed of its own, or it would find what the one before made.
                ActiveLearningRound round = cluster.create(
                        ActiveLearningRound.class,
                        Yaml.ROUND.replace("name: round-0", "name: " + name).replace("seed: 7", "seed: " + i));
                cluster.finish(round);
                cluster.awaitReason(round, "Complete");
                gaps.addAll(stopwatch.gapsMillis(name));
            }
        }
        gaps.sort(null);
        double p99 = gaps.get((int) Math.ceil(0.99 * gaps.size()) - 1);
        System.out.printf(
                "stage gap: %d samples, p50 %.0f ms, p99 %.0f ms, max %.0f ms%n",
                gaps.size(), gaps.get(gaps.size() / 2), p99, gaps.getLast());
        assertThat(gaps.get(gaps.size() / 2))
                .as("launched by the event, not by a poll")
                .isLessThan(POLL_MILLIS);
    }
}
