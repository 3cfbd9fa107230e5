package io.viewal.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.viewal.api.v1alpha1.ActiveLearningExperiment;
import io.viewal.api.v1alpha1.ActiveLearningRound;
import io.viewal.api.v1alpha1.ExperimentStatus;
import io.viewal.api.v1alpha1.MultiViewDataset;
import io.viewal.contract.ContractJson;
import io.viewal.contract.ExperimentRequests;
import io.viewal.contract.ExperimentRounds;
import io.viewal.contract.Stage;
import io.viewal.operator.harness.Cluster;
import io.viewal.operator.harness.CountingClient;
import io.viewal.operator.harness.Kubelet;
import io.viewal.operator.harness.Servers;
import io.viewal.operator.harness.Yaml;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(Servers.class)
class ExperimentIT {

    private static final int MOST_WRITES_A_ROUND = 45;

    /** Whose arms share no training. */
    private static final String ARMS_APART =
            Yaml.EXPERIMENT.replace("{name: viewal}", "{name: viewal, overrides: {training: {epochs: 2}}}");

    private static ActiveLearningExperiment create(Cluster cluster, String yaml) {
        return cluster.create(ActiveLearningExperiment.class, yaml);
    }

    private static Set<String> rounds(Cluster cluster) {
        Set<String> names = new TreeSet<>();
        cluster.client()
                .resources(ActiveLearningRound.class)
                .inNamespace(cluster.namespace())
                .list()
                .getItems()
                .forEach(round -> names.add(round.getMetadata().getName()));
        return names;
    }

    private static ActiveLearningRound round(Cluster cluster, String name) {
        return cluster.client()
                .resources(ActiveLearningRound.class)
                .inNamespace(cluster.namespace())
                .withName(name)
                .get();
    }

    /** Lets whatever is launched succeed until the experiment has its report. */
    private static ActiveLearningExperiment finish(Cluster cluster, ActiveLearningExperiment experiment) {
        return play(
                cluster,
                () -> cluster.latest(experiment),
                now -> "True".equals(Cluster.ready(now).getStatus()));
    }

    private static <T> T play(Cluster cluster, Supplier<T> look, Predicate<T> expected) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> {
                            cluster.succeedAll();
                            return look.get();
                        },
                        expected);
    }

    @Test
    void runsAllRoundsAndHasTheReportMadeOfThem(Cluster cluster) {
        CountingClient counting = cluster.countingClient();
        cluster.startOperator(counting.client());
        cluster.createClass();
        ActiveLearningExperiment experiment = create(cluster, Yaml.EXPERIMENT);
        cluster.awaitReason(experiment, "DatasetNotFound");
        cluster.createReadyDataset();
        int before = sum(counting.writes());
        ExperimentStatus status = finish(cluster, experiment).getStatus();
        int writes = sum(counting.writes()) - before;

        assertThat(rounds(cluster))
                .containsExactly(
                        "compare-random-s0-m1", "compare-random-s0-r0", "compare-viewal-s0-m1", "compare-viewal-s0-r0");
        assertThat(status.progress()).isEqualTo("4/4");
        assertThat(status.arms()).isEqualTo(2);
        assertThat(status.best().arm()).isEqualTo("viewal");
        assertThat(status.best().meanIoU()).isEqualTo(0.34568);
        assertThat(status.labeledFraction()).isEqualTo(0.375);
        assertThat(status.artifacts())
                .containsOnlyKeys(ExperimentRequests.PAGE, ExperimentRequests.TABLE, ExperimentRequests.SUMMARY);
        assertThat(Cluster.condition(status.conditions(), "Ready").getMessage()).isEqualTo("4 of 4 rounds are done");
        ActiveLearningRound round = round(cluster, "compare-random-s0-m1");
        assertThat(round.getSpec().previousRound()).isEqualTo("compare-random-s0-r0");
        assertThat(round.getSpec().selection()).isNull();
        assertThat(round.getMetadata().getLabels())
                .isEqualTo(Map.of("viewal.io/experiment", "compare", "viewal.io/arm", "random", "viewal.io/seed", "0"));
        assertThat(cluster.jobs(Stage.TRAIN))
                .as("both arms begin with the same training, which one of them pays")
                .hasSize(3);
        ExperimentRounds reported = reported(cluster);
        assertThat(reported.rounds()).hasSize(4).allSatisfy(ended -> {
            assertThat(ended.outcome()).isEqualTo(ExperimentRounds.Outcome.Complete);
            assertThat(ended.results()).containsKeys(Stage.PREPARE, Stage.TRAIN);
        });
        assertThat(reported.arms()).allSatisfy(arm -> assertThat(arm.ended()).isEqualTo("all rounds are done"));
        System.out.printf("an experiment of 4 rounds and its report: %d API writes%n", writes);
        assertThat(writes).isLessThanOrEqualTo(4 * MOST_WRITES_A_ROUND);
        cluster.awaitEvent(experiment, "Complete");
    }

    private static ExperimentRounds reported(Cluster cluster) {
        Job report = cluster.jobs(Stage.REPORT).getLast();
        String key =
                Kubelet.request(report).inputs().get(ExperimentRequests.ROUNDS).key();
        return ContractJson.read(cluster.s3().get(key), ExperimentRounds.class);
    }

    private static int sum(Map<String, Integer> writes) {
        return writes.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Test
    void goesOnWhenMoreIsAskedForAndReportsAnew(Cluster cluster) {
        cluster.startOperator();
        cluster.createClass();
        cluster.createReadyDataset();
        ActiveLearningExperiment experiment = create(cluster, Yaml.EXPERIMENT);
        finish(cluster, experiment);
        cluster.edit(experiment, "{seeds: {count: 2}, parallelRounds: 4}");
        cluster.awaitReason(experiment, "RoundsUnderway");
        ExperimentStatus status = finish(cluster, experiment).getStatus();
        assertThat(status.progress()).isEqualTo("8/8");
        assertThat(reported(cluster).rounds()).hasSize(8);
    }

    @Test
    void makesADeletedRoundAgain(Cluster cluster) {
        cluster.startOperator();
        cluster.createClass();
        cluster.createReadyDataset();
        ActiveLearningExperiment experiment = create(cluster, Yaml.EXPERIMENT);
        finish(cluster, experiment);
        ActiveLearningRound deleted = round(cluster, "compare-viewal-s0-r0");
        cluster.client().resource(deleted).delete();
        play(
                cluster,
                () -> round(cluster, "compare-viewal-s0-r0"),
                now -> now != null
                        && !now.getMetadata()
                                .getUid()
                                .equals(deleted.getMetadata().getUid())
                        && "True".equals(Cluster.ready(now).getStatus()));
        assertThat(finish(cluster, experiment).getStatus().progress()).isEqualTo("4/4");
    }

    @Test
    void aFailedRoundLeavesTheOtherArmsAlone(Cluster cluster) {
        cluster.startOperator();
        cluster.createClass();
        cluster.createReadyDataset();
        ActiveLearningExperiment experiment = create(cluster, ARMS_APART);
        Job failing = cluster.awaitJob("compare-viewal-s0-r0", Stage.TRAIN, 1);
        cluster.kubelet().failJob(failing, "DeadlineExceeded", "it took too long");
        cluster.finish(awaitRound(cluster, "compare-random-s0-r0"));
        cluster.finish(awaitRound(cluster, "compare-random-s0-m1"), Stage.TRAIN);
        cluster.kubelet().succeed(cluster.awaitJob("compare", Stage.REPORT, 1));
        ExperimentStatus status =
                cluster.awaitReason(experiment, "RoundsFailed").getStatus();
        assertThat(status.rounds()).isEqualTo(new ExperimentStatus.Rounds(3, 2, 0, 1));
        assertThat(Cluster.condition(status.conditions(), "Ready").getMessage())
                .contains("'compare-viewal-s0-r0' failed", "delete it");
        assertThat(reported(cluster).rounds())
                .filteredOn(round -> round.outcome() == ExperimentRounds.Outcome.Failed)
                .hasSize(1)
                .allSatisfy(round -> assertThat(round.message()).contains("deadlineSeconds"));
    }

    private static ActiveLearningRound awaitRound(Cluster cluster, String name) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> round(cluster, name), round -> round != null);
    }

    @Test
    void holdsItsRoundsAndLetsThemGo(Cluster cluster) {
        cluster.startOperator();
        cluster.createClass();
        cluster.createReadyDataset();
        ActiveLearningExperiment experiment = create(cluster, ARMS_APART);
        ActiveLearningRound round = awaitRound(cluster, "compare-viewal-s0-r0");
        cluster.awaitLaunched(round);
        cluster.edit(experiment, "{suspend: true}");
        cluster.awaitReason(round, "Suspended");
        cluster.awaitReason(experiment, "Suspended");
        cluster.edit(experiment, "{suspend: false}");
        cluster.awaitJob("compare-viewal-s0-r0", Stage.TRAIN, 2);
    }

    @Test
    void saysThatARoundsNameIsTaken(Cluster cluster) {
        cluster.startOperator();
        cluster.createClass();
        cluster.createReadyDataset();
        ActiveLearningRound foreign = cluster.create(
                ActiveLearningRound.class, Yaml.ROUND.replace("name: round-0", "name: compare-viewal-s0-r0"));
        ActiveLearningExperiment experiment = create(cluster, Yaml.EXPERIMENT);
        ExperimentStatus status =
                cluster.awaitReason(experiment, "RoundNameTaken").getStatus();
        assertThat(Cluster.condition(status.conditions(), "Ready").getMessage())
                .contains("compare-viewal-s0-r0", "not of this experiment");
        cluster.client().resource(foreign).delete();
        cluster.edit(experiment, "{parallelRounds: 3}");
        cluster.awaitReason(experiment, "RoundsUnderway");
    }

    @Test
    void saysThatItsDataSetIsAnotherOne(Cluster cluster) {
        cluster.startOperator();
        cluster.createClass();
        MultiViewDataset dataset = cluster.createReadyDataset();
        ActiveLearningExperiment experiment = create(cluster, Yaml.EXPERIMENT);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> cluster.latest(experiment), now -> now.getStatus().inputs() != null);
        cluster.client().resource(dataset).delete();
        cluster.awaitReason(experiment, "DatasetNotFound");
        MultiViewDataset other = cluster.create(MultiViewDataset.class, Yaml.DATASET.replace("seed: 1", "seed: 2"));
        cluster.kubelet()
                .succeed(Awaitility.await()
                        .atMost(Duration.ofSeconds(20))
                        .until(
                                () -> cluster.jobs(Stage.PREPARE).stream()
                                        .filter(Cluster::runs)
                                        .findFirst()
                                        .orElse(null),
                                job -> job != null));
        cluster.awaitReason(other, "Complete");
        ExperimentStatus status =
                cluster.awaitReason(experiment, "DatasetChanged").getStatus();
        assertThat(Cluster.condition(status.conditions(), "Ready").getMessage())
                .contains("'rooms' was made again with other content");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rounds: 1         | rounds: 0                                     | spec.rounds",
                "seeds: {count: 1} | 'seeds: {count: 0}'                           | spec.seeds.count",
                "seeds: {count: 1} | 'seeds: {count: 1, list: [1]}'                | give a count or a list",
                "seeds: {count: 1} | 'seeds: {list: [1, 1]}'                       | give each seed once",
                "name: random      | name: viewal                                  | spec.arms[1]: Duplicate value",
                "name: random      | name: control                                 | give the arm another name",
                "strategy: Random  | strategy: Guess                               | SoftmaxEntropy",
                "control: None     | 'control: None, stop: {shareOfReference: 1}'  | add 'reference: FullSupervision'",
                "control: None     | 'control: None, stop: {plateau: {window: 1}}' | can never be met",
                "strategy: Random  | 'strategy: Random, overrides: {scoring: {passes: 0}}' | spec.arms[1].overrides.scoring.passes"
            })
    void refusesAnExperimentThatBreaksARule(String from, String to, String words, Cluster cluster) {
        String changed = to.startsWith("control: None,")
                ? Yaml.EXPERIMENT.replace("control: None", to.replace("control: None, ", "control: None\n  "))
                : Yaml.EXPERIMENT.replace(from, to);
        assertThatThrownBy(() -> create(cluster, changed)).hasMessageContaining(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{dataset: halls}                          | make an experiment of another name",
                "{control: ForegroundRandom66}             | Force=true,Replace=true",
                "{reference: FullSupervision}              | make an experiment of another name",
                "{template: {training: {epochs: 2}}}       | make an experiment of another name",
                "{rounds: 1}                               | rounds can be added",
                "{seeds: {count: 1}}                       | seeds can be added",
                "{seeds: {count: null, list: [0]}}         | seeds can be added",
                "{arms: [{name: viewal}]}                  | can't be taken away",
                "{arms: [{name: viewal, strategy: Random}, {name: random, strategy: Random}]} | give the changed arm another name",
                "{arms: [{name: viewal, overrides: {scoring: {passes: 9}}}, {name: random, strategy: Random}]} | give the changed arm another name"
            })
    void refusesToChangeWhatItsRoundsRestOn(String edit, String words, Cluster cluster) {
        ActiveLearningExperiment experiment = create(
                cluster, Yaml.EXPERIMENT.replace("rounds: 1", "rounds: 2").replace("count: 1", "count: 2"));
        assertThatThrownBy(() -> cluster.edit(experiment, edit)).hasMessageContaining(words);
    }

    @Test
    void takesMoreOfWhatItCompares(Cluster cluster) {
        ActiveLearningExperiment experiment = create(cluster, Yaml.EXPERIMENT);
        for (String more : List.of(
                "{rounds: 2, parallelRounds: 3, activeDeadlineSeconds: 60}",
                "{seeds: {count: 2}}",
                "{seeds: {count: null, list: [0, 1, 9]}}",
                "{arms: [{name: viewal, stop: {clicks: 9}}, {name: random, strategy: Random}, {name: ceal, strategy: Ceal}]}",
                "{stop: {labeledFraction: 0.5}}")) {
            cluster.edit(experiment, more);
        }
        assertThat(Serialization.asJson(cluster.latest(experiment).getSpec()))
                .contains("\"ceal\"", "\"labeledFraction\":0.5")
                .doesNotContain("overrides");
    }

    @Test
    void anOverrideSaysNothingThatWasNotWritten(Cluster cluster) {
        ActiveLearningExperiment experiment = create(
                cluster,
                Yaml.EXPERIMENT.replace("{name: viewal}", "{name: viewal, overrides: {scoring: {passes: 9}}}"));
        assertThat(Serialization.asJson(experiment.getSpec().arms().getFirst()))
                .contains("\"overrides\":{\"scoring\":{\"passes\":9}}");
    }
}
