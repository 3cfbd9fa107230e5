package io.viewal.operator.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.viewal.api.v1alpha1.PodIds;
import io.viewal.api.v1alpha1.PodResources;
import io.viewal.api.v1alpha1.RoundClassSpec;
import io.viewal.api.v1alpha1.StoreReference;
import io.viewal.api.v1alpha1.WorkerPods;
import io.viewal.api.v1alpha1.WorkerPodsBuilder;
import io.viewal.contract.Addressing;
import io.viewal.contract.ArtifactRef;
import io.viewal.contract.Owner;
import io.viewal.contract.PrepareParameters;
import io.viewal.contract.RoundRequests;
import io.viewal.contract.ScoreParametersBuilder;
import io.viewal.contract.StageParameters;
import io.viewal.contract.StageRequest;
import io.viewal.contract.StoreLocation;
import io.viewal.contract.TrainParameters;
import io.viewal.contract.TrainParametersBuilder;
import io.viewal.contract.WorkerEnv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Holds Jobs equal to golden files; {@code -Dregenerate} writes them. */
class StageJobsTest {

    private static final StoreReference STORE =
            new StoreReference("http://store:9000", "viewal", "runs", "", "viewal-store");

    private static final Path GOLDEN = Path.of("src/test/resources/io/viewal/operator/job");

    private static StageRequest request(int attempt, int shards, StageParameters parameters) {
        return new StageRequest(
                StageRequest.VERSION,
                new Owner("ActiveLearningRound", "demo", "round-0", "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9"),
                attempt,
                shards,
                7,
                new StoreLocation("http://store:9000", "viewal", "runs", ""),
                Map.of(RoundRequests.DATASET, new ArtifactRef("runs/demo/rooms-1/prepare/1/manifest.json", 10, "ab")),
                parameters);
    }

    private static RoundClassSpec roundClass(String gpuImage, Map<String, String> nodeSelector) {
        return roundClass(gpuImage, nodeSelector, WorkerPods.PLAIN, false);
    }

    private static RoundClassSpec roundClass(
            String gpuImage, Map<String, String> nodeSelector, WorkerPods pods, boolean limitCpu) {
        return new RoundClassSpec(
                null,
                new RoundClassSpec.Store(
                        "http://store:9000", "viewal", "runs", "", "viewal-store", null, null, List.of()),
                new RoundClassSpec.Worker(
                        "viewal/worker:1",
                        gpuImage,
                        RoundClassSpec.PullPolicy.IfNotPresent,
                        "default",
                        nodeSelector,
                        nodeSelector.isEmpty()
                                ? List.of()
                                : List.of(new TolerationBuilder()
                                        .withKey("nvidia.com/gpu")
                                        .withOperator("Exists")
                                        .build()),
                        List.of()),
                pods,
                new RoundClassSpec.Limits(
                        new RoundClassSpec.Defaults("1", "2Gi"), new RoundClassSpec.Maximum(8, "16", "64Gi"), limitCpu),
                "nvidia.com/gpu",
                new RoundClassSpec.Retry(3, 10),
                86400,
                600,
                null,
                null);
    }

    private static void assertGolden(String name, Job job) throws IOException {
        String yaml = Serialization.asYaml(job);
        Path file = GOLDEN.resolve(name + ".yaml");
        if (System.getProperty("regenerate") != null) {
            Files.createDirectories(GOLDEN);
            Files.writeString(file, yaml);
        }
        assertThat(file).content().isEqualTo(yaml);
    }

    @Test
    void trainsInOnePod() throws IOException {
        TrainParameters parameters =
                TrainParametersBuilder.builder().epochs(2).batchSize(2).build();
        PodSetting setting = new PodSetting(roundClass("", Map.of()), PodResources.NONE, "", STORE);
        assertGolden("train", StageJobs.build(request(2, 1, parameters), setting));
    }

    @Test
    void preparesFromAVolume() throws IOException {
        PrepareParameters parameters = new PrepareParameters(
                new PrepareParameters.Source(
                        null, new PrepareParameters.Volume("scans", "scannet/imported"), null, null),
                null,
                null,
                0,
                0,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        PodSetting setting = new PodSetting(roundClass("", Map.of()), PodResources.NONE, "", STORE);
        assertGolden("prepare-from-a-volume", StageJobs.build(request(1, 2, parameters), setting));
    }

    @Test
    void scoresOnGpusInOnePodAShard() throws IOException {
        PodSetting setting = new PodSetting(
                roundClass("viewal/worker-cuda:1", Map.of("pool", "gpu")),
                new PodResources(1, "4", "8Gi"),
                "",
                new StoreReference("http://store:9000", "viewal", "runs", "", "gpu-store"));
        assertGolden(
                "score-on-gpus",
                StageJobs.build(request(1, 3, ScoreParametersBuilder.builder().build()), setting));
    }

    @Test
    void fitsThePlatformAsTheClassSays() throws IOException {
        WorkerPods pods = WorkerPodsBuilder.builder(WorkerPods.PLAIN)
                .labels(Map.of("team", "vision", JobLabels.STAGE, "forged"))
                .inheritLabels(List.of("team", "cost-center", JobLabels.ATTEMPT))
                .inheritAnnotations(List.of("owner", JobLabels.REQUEST))
                .env(Map.of("HTTPS_PROXY", "http://proxy:3128", WorkerEnv.REQUEST_DIGEST, "forged"))
                .queueName("gpu-queue")
                .priorityClassName("batch")
                .runtimeClassName("gvisor")
                .affinity(Map.of(
                        "nodeAffinity",
                        Map.of(
                                "requiredDuringSchedulingIgnoredDuringExecution",
                                Map.of(
                                        "nodeSelectorTerms",
                                        List.of(Map.of(
                                                "matchExpressions",
                                                List.of(Map.of(
                                                        "key",
                                                        "disk",
                                                        "operator",
                                                        "In",
                                                        "values",
                                                        List.of("ssd")))))))))
                .topologySpreadConstraints(List.of(new TopologySpreadConstraintBuilder()
                        .withMaxSkew(1)
                        .withTopologyKey("kubernetes.io/hostname")
                        .withWhenUnsatisfiable("ScheduleAnyway")
                        .withNewLabelSelector()
                        .addToMatchLabels("app.kubernetes.io/name", "viewal-worker")
                        .endLabelSelector()
                        .build()))
                .securityContext(new PodIds(1000L, 2000L, 3000L, List.of(4000L)))
                .terminationGracePeriodSeconds(120)
                .scratch("50Gi")
                .sharedMemory("1Gi")
                .build();
        ObjectMeta round = new ObjectMetaBuilder()
                .withLabels(Map.of("team", "rooms", "cost-center", "7", "app", "hidden", JobLabels.ATTEMPT, "forged"))
                .withAnnotations(Map.of("owner", "Ada", "note", "hidden", JobLabels.REQUEST, "forged"))
                .build();
        PodSetting setting = new PodSetting(
                roundClass("", Map.of(), pods, true), PodResources.NONE, "", STORE, Inherited.of(round, pods));
        assertGolden(
                "score-on-a-platform",
                StageJobs.build(request(1, 1, ScoreParametersBuilder.builder().build()), setting));
    }

    @Test
    void trustsTheClassesAuthorityAndLeavesOutKeysThatThereAreNot() throws IOException {
        StoreReference store = new StoreReference(
                "https://store:9000", "viewal", "runs", "", null, Addressing.VirtualHost, "store-ca");
        assertGolden(
                "score-with-an-identity",
                StageJobs.build(
                        request(1, 1, ScoreParametersBuilder.builder().build()),
                        new PodSetting(roundClass("", Map.of()), PodResources.NONE, "", store)));
    }

    @Test
    void tellsAJobThatItsClassWouldMakeOtherwise() {
        StageRequest request = request(1, 1, ScoreParametersBuilder.builder().build());
        PodSetting before = new PodSetting(roundClass("", Map.of()), PodResources.NONE, "", STORE);
        PodSetting after = new PodSetting(roundClass("", Map.of("pool", "gpu")), PodResources.NONE, "", STORE);
        Job job = StageJobs.build(request, before);
        assertThat(StageJobs.outdated(job, request, before)).isFalse();
        assertThat(StageJobs.outdated(job, request, after)).isTrue();
        assertThat(StageJobs.outdated(job, request.withAttempt(2), before))
                .as("a request is not a pod")
                .isFalse();
        job.getMetadata().setAnnotations(null);
        assertThat(StageJobs.outdated(job, request, after))
                .as("made by an earlier release")
                .isFalse();
    }

    @Test
    void usesTheOrdinaryImageOnGpusWhenTheClassNamesNoOther() {
        PodSetting setting = new PodSetting(roundClass("", Map.of()), new PodResources(1, null, null), "", STORE);
        assertThat(setting.image()).isEqualTo("viewal/worker:1");
    }

    @Test
    void runsTheRoundsOwnTrainerWithAndWithoutGpus() {
        RoundClassSpec roundClass = roundClass("viewal/worker-cuda:1", Map.of());
        assertThat(new PodSetting(roundClass, PodResources.NONE, "lab/trainer:3", STORE).image())
                .isEqualTo("lab/trainer:3");
        assertThat(new PodSetting(roundClass, new PodResources(1, null, null), "lab/trainer:3", STORE).image())
                .isEqualTo("lab/trainer:3");
    }
}
