package io.viewal.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.viewal.api.v1alpha1.ActiveLearningRound;
import io.viewal.api.v1alpha1.MultiViewDataset;
import io.viewal.api.v1alpha1.RoundClass;
import io.viewal.operator.harness.Cluster;
import io.viewal.operator.harness.Servers;
import io.viewal.operator.harness.Yaml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the API server refuses, and what it says. */
@ExtendWith(Servers.class)
class ResourceRulesIT {

    private static void assertRefused(Cluster cluster, String yaml, String words) {
        assertThatThrownBy(() -> cluster.create(GenericKubernetesResource.class, yaml))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "amount: 2                | amount: 0              | selection.budget.amount",
                "amount: 2                | amount: -1             | selection.budget.amount",
                "amount: 2                | unit: Images           | amount: Required value",
                "seed: 7                  | 'labels: {source: Everything}'  | 'Unsupported value: \"Everything\"'",
                "seed: 7                  | 'labels: {source: FullSupervision}'  | leaves nothing to select",
                "seed: 7                  | 'labels: {source: Reference, key: a}'  | needs key and sha256",
                "seed: 7                  | 'labels: {source: SeedSet, key: a}'  | are of source Reference",
                "seed: 7                  | 'labels: {source: Reference, key: ../a, sha256: b}' | spec.labels.key",
                "epochs: 1                | epochs: 0              | training.epochs",
                "epochs: 1                | learningRate: 0        | training.learningRate",
                "epochs: 1                | start: PreviousRound   | training.start PreviousRound needs a previousRound",
                "passes: 2                | shards: 257            | scoring.shards",
                "seed: 7                  | strategy: Guess        | spec.strategy in body should match",
                "seed: 7                  | 'labeling: {oracle: Annotators}'     | is for rounds on files so far",
                "seed: 7                  | 'labeling: {deadline: tomorrow}'     | spec.labeling.deadline",
                "seed: 7                  | 'labeling: {minimumShare: 0}'        | spec.labeling.minimumShare",
                "seed: 7                  | mode: fast             | 'Unsupported value: \"fast\"'",
                "dataset: rooms           | dataset: Rooms         | spec.dataset",
                "dataset: rooms           | ''                     | spec.dataset: Required value",
                "seed: 7                  | 'resources: {train: {cpu: many}}'     | cpu must be a quantity above zero",
                "seed: 7                  | 'resources: {train: {cpu: \"0\"}}'    | cpu must be a quantity above zero",
                "seed: 7                  | 'resources: {train: {cpu: 0}}'        | cpu must be a quantity above zero",
                "seed: 7                  | 'resources: {train: {memory: 3}}'     | memory must be a quantity of at least 64Mi",
                "seed: 7                  | 'resources: {train: {memory: \"3\"}}' | memory must be a quantity of at least 64Mi",
                "seed: 7                  | 'resources: {train: {gpus: -1}}'      | resources.train.gpus"
            })
    void refusesARoundThatBreaksARule(String from, String to, String words, Cluster cluster) {
        assertRefused(cluster, Yaml.ROUND.replace(from, to), words);
    }

    @Test
    void takesQuantitiesAsPeopleWriteThem(Cluster cluster) {
        ActiveLearningRound round = cluster.create(
                ActiveLearningRound.class,
                Yaml.ROUND.replace("seed: 7", "resources: {train: {cpu: 1}, score: {cpu: 500m, memory: 134217728}}"));
        assertThat(round.getSpec().resources().train().cpu()).isEqualTo("1");
        assertThat(round.getSpec().resources().score().memory()).isEqualTo("134217728");
        RoundClass roundClass = cluster.create(RoundClass.class, Yaml.CLASS.replace("cpu: \"4\"", "cpu: 4"));
        assertThat(roundClass.getSpec().resources().max().cpu()).isEqualTo("4");
    }

    @Test
    void keepsAnAffinityAsItIs(Cluster cluster) {
        RoundClass roundClass = cluster.create(
                RoundClass.class,
                Yaml.CLASS
                        + "  pods: {scratch: 50Gi, affinity: {podAntiAffinity:"
                        + " {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: zone}]}}}\n");
        assertThat(cluster.latest(roundClass).getSpec().pods().affinity().toString())
                .contains("topologyKey=zone");
    }

    @Test
    void refusesARoundThatStartsFromItself(Cluster cluster) {
        assertRefused(
                cluster, Yaml.ROUND.replace("seed: 7", "previousRound: round-0"), "a round can't start from itself");
    }

    @Test
    void refusesTwoSourcesOfLabels(Cluster cluster) {
        assertRefused(
                cluster,
                Yaml.ROUND.replace("seed: 7", "previousRound: other\n  labels: {source: SeedSet}"),
                "labels and previousRound both say which labels the round starts from");
    }

    @Test
    void doesNotTakeANewResourceForOneThatWasLookedAt(Cluster cluster) {
        ActiveLearningRound round = cluster.create(ActiveLearningRound.class, Yaml.ROUND);
        assertThat(cluster.latest(round).getStatus().observedGeneration()).isEqualTo(-1);
        MultiViewDataset dataset = cluster.create(MultiViewDataset.class, Yaml.DATASET);
        assertThat(cluster.latest(dataset).getStatus().observedGeneration()).isEqualTo(-1);
    }

    @Test
    void hasShortNamesThatKubernetesDoesNotOwn(Cluster cluster) {
        assertThat(cluster.client()
                        .apiextensions()
                        .v1()
                        .customResourceDefinitions()
                        .list()
                        .getItems())
                .flatExtracting(crd -> crd.getSpec().getNames().getShortNames())
                .containsExactlyInAnyOrder("alr", "mvd", "alrc", "ale");
    }

    @Test
    void listsTheValuesWhenOneIsMistyped(Cluster cluster) {
        assertRefused(cluster, Yaml.ROUND.replace("seed: 7", "mode: Corrected"), "\"corrected\", \"reference\"");
        assertRefused(cluster, Yaml.ROUND.replace("seed: 7", "strategy: Viewal"), "ViewAL|Random|");
    }

    @Test
    void refusesANameThatIsTooLongForLabels(Cluster cluster) {
        assertRefused(cluster, Yaml.ROUND.replace("name: round-0", "name: " + "r".repeat(64)), "at most 63 characters");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dataset: halls",
                "previousRound: other",
                "labels: {source: SeedSet}",
                "className: other",
                "seed: 8",
                "strategy: Random",
                "mode: reference",
                "training: {epochs: 2}",
                "training: {milestones: [1]}",
                "scoring: {shards: 2}",
                "selection: {budget: {amount: 3}}",
                "selection: null",
                "labeling: {pageFrames: 1}",
                "resources: {train: {gpus: 1}}"
            })
    void refusesToChangeARound(String change, Cluster cluster) {
        ActiveLearningRound round = cluster.create(ActiveLearningRound.class, Yaml.ROUND);
        assertThatThrownBy(() -> cluster.client()
                        .resource(round)
                        .patch(PatchContext.of(PatchType.JSON_MERGE), Yaml.json("spec: {" + change + "}")))
                .hasMessageContaining("make a new round");
    }

    @Test
    void refusesToTakeSomethingOutOfARound(Cluster cluster) {
        ActiveLearningRound round =
                cluster.create(ActiveLearningRound.class, Yaml.ROUND.replace("seed: 7", "previousRound: other"));
        assertThatThrownBy(() -> cluster.client()
                        .resource(round)
                        .patch(PatchContext.of(PatchType.JSON_MERGE), Yaml.json("spec: {previousRound: null}")))
                .hasMessageContaining("make a new round");
    }

    @Test
    void letsARoundBeSuspendedAndLetGo(Cluster cluster) {
        ActiveLearningRound round = cluster.create(ActiveLearningRound.class, Yaml.ROUND);
        cluster.suspend(round, true);
        cluster.suspend(round, false);
        assertThat(cluster.latest(round).getSpec().held()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "synthetic: {scenes: 3, framesPerScene: 4, seed: 1} | ''                            | exactly one of uri, volume, synthetic and benchmark",
                "source: {synthetic | 'source: {uri: \"s3://b/p\", synthetic'                       | exactly one of uri, volume, synthetic and benchmark",
                "synthetic: {scenes: 3, framesPerScene: 4, seed: 1} | 'uri: \"ftp://b/p\"'          | spec.source.uri",
                "synthetic: {scenes: 3, framesPerScene: 4, seed: 1} | 'benchmark: Huge'             | benchmark",
                "synthetic: {scenes: 3, framesPerScene: 4, seed: 1} | 'volume: {claimName: a, path: ../b}' | source.volume.path",
                "synthetic: {scenes: 3, framesPerScene: 4, seed: 1} | 'volume: {path: b}'           | source.volume.claimName",
                "source: {synthetic | 'source: {benchmark: Tiny, synthetic'                         | exactly one of uri, volume, synthetic and benchmark",
                "synthetic: {scenes: 3, framesPerScene: 4, seed: 1}} | 'benchmark: Tiny}\n  seedSet: {frames: 3}' | leave sampling, splits and seedSet out",
                "synthetic: {scenes: 3, framesPerScene: 4, seed: 1}} | 'benchmark: Tiny}\n  splits: {test: [room-00001]}' | leave sampling, splits and seedSet out",
                "synthetic: {scenes: 3, framesPerScene: 4, seed: 1} | 'benchmark: Tiny, format: TUM' | format is that of a uri or a volume",
                "synthetic: {scenes: 3, framesPerScene: 4, seed: 1} | 'uri: \"s3://b/p\", labelTable: t.tsv' | labelTable, camera and depthScale complete another format",
                "synthetic: {scenes: 3, framesPerScene: 4, seed: 1} | 'uri: \"s3://b/p\", camera: {fx: 1, fy: 1, cx: 1, cy: 1}' | labelTable, camera and depthScale complete another format",
                "synthetic: {scenes: 3, framesPerScene: 4, seed: 1} | 'volume: {claimName: a}, depthScale: 0.001' | labelTable, camera and depthScale complete another format",
                "synthetic: {scenes: 3, framesPerScene: 4, seed: 1} | 'uri: \"s3://b/p\", format: KITTI' | spec.source.format",
                "synthetic: {scenes: 3, framesPerScene: 4, seed: 1} | 'uri: \"s3://b/p\", format: ScanNet, labelTable: ../t.tsv' | spec.source.labelTable",
                "synthetic: {scenes: 3, framesPerScene: 4, seed: 1} | 'uri: \"s3://b/p\", format: TUM, camera: {fx: 0, fy: 1, cx: 1, cy: 1}' | spec.source.camera.fx",
                "synthetic: {scenes: 3, framesPerScene: 4, seed: 1} | 'uri: \"s3://b/p\", format: TUM, camera: {fx: 1, fy: 1, cx: 1}' | spec.source.camera.cy",
                "synthetic: {scenes: 3, framesPerScene: 4, seed: 1} | 'uri: \"s3://b/p\", format: COLMAP, depthScale: 0' | spec.source.depthScale",
                "framesPerScene: 4  | framesPerScene: 1                                             | framesPerScene",
                "width: 64          | width: 8                                                      | spec.width",
                "width: 64          | 'overlap: {distanceThreshold: 0}'                             | distanceThreshold"
            })
    void refusesADatasetThatBreaksARule(String from, String to, String words, Cluster cluster) {
        assertRefused(cluster, Yaml.DATASET.replace(from, to), words);
    }

    @Test
    void refusesToChangeADataset(Cluster cluster) {
        MultiViewDataset dataset = cluster.create(MultiViewDataset.class, Yaml.DATASET);
        assertThatThrownBy(() -> cluster.client()
                        .resource(dataset)
                        .patch(PatchContext.of(PatchType.JSON_MERGE), Yaml.json("spec: {width: 128}")))
                .hasMessageContaining("make a new data set");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "endpoint: \"ENDPOINT\" | 'endpoint: \"dir:/data\"' | spec.store.endpoint",
                "bucket: viewal         | bucket: V                 | spec.store.bucket",
                "prefix: runs           | prefix: /runs/            | spec.store.prefix",
                "maxAttempts: 3         | maxAttempts: 0            | spec.retry.maxAttempts",
                "memory: 2Gi            | memory: much              | memory must be a quantity"
            })
    void refusesAClassThatBreaksARule(String from, String to, String words, Cluster cluster) {
        assertRefused(cluster, Yaml.CLASS.replace(from, to), words);
    }

    @Test
    void fillsInDefaults(Cluster cluster) {
        RoundClass roundClass = cluster.create(
                RoundClass.class,
                Yaml.CLASS
                        .replace(
                                "  resources: {default: {cpu: \"1\", memory: 2Gi}, max: {gpus: 1, cpu: \"4\", memory: 8Gi}}\n",
                                "")
                        .replace("  retry: {maxAttempts: 3, backoffSeconds: 2}\n", ""));
        assertThat(roundClass.getSpec().resources().defaults().memory()).isEqualTo("2Gi");
        assertThat(roundClass.getSpec().resources().max().gpus()).isEqualTo(8);
        assertThat(roundClass.getSpec().retry().maxAttempts()).isEqualTo(3);
        assertThat(roundClass.getSpec().worker().serviceAccountName()).isEqualTo("default");
    }
}
