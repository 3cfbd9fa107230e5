package io.viewal.operator.job;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpecBuilder;
import io.viewal.api.v1alpha1.Api;
import io.viewal.contract.ContractJson;
import io.viewal.contract.Owner;
import io.viewal.contract.PrepareParameters;
import io.viewal.contract.StageRequest;
import io.viewal.contract.WorkerEnv;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Builds the Job of a stage's attempt. Pods are restricted as the Pod Security Standard of that name wants it. */
public final class StageJobs {

    static final String CONTAINER = "worker";

    private static final String SOURCE = "source";
    private static final String REQUEST_DIR = "/etc/viewal/request";
    private static final String REQUEST_FILE = "request.json";
    private static final String CREDENTIALS_DIR = "/etc/viewal/credentials";
    private static final String SCRATCH_DIR = "/scratch";
    private static final String TERMINATION_LOG = "/dev/termination-log";
    private static final long WORKER_UID = 10001;
    private static final long GRACE_SECONDS = 30;

    private StageJobs() {}

    /** The Job of the request's attempt. */
    public static Job build(StageRequest request, PodSetting setting) {
        Owner owner = request.owner();
        Map<String, String> labels = JobLabels.of(owner, request.stage(), request.attempt());
        return new JobBuilder()
                .withNewMetadata()
                .withNamespace(owner.namespace())
                .withName(JobNames.of(owner, request.stage(), request.attempt()))
                .withLabels(labels)
                .withOwnerReferences(reference(owner))
                .endMetadata()
                .withSpec(spec(request, setting, template(request, setting, labels)))
                .build();
    }

    private static OwnerReference reference(Owner owner) {
        return new OwnerReferenceBuilder()
                .withApiVersion(Api.GROUP + "/" + Api.VERSION)
                .withKind(owner.kind())
                .withName(owner.name())
                .withUid(owner.uid())
                .withController(true)
                .build();
    }

    private static JobSpec spec(StageRequest request, PodSetting setting, PodTemplateSpec template) {
        JobSpecBuilder spec = new JobSpecBuilder()
                .withTtlSecondsAfterFinished(setting.roundClass().jobTtlSeconds())
                .withTemplate(template);
        if (request.shards() == 1) {
            return spec.withBackoffLimit(0)
                    .withPodFailurePolicy(FailurePolicy.ofOneShard())
                    .build();
        }
        // A shard that fails does not stop the others: what they commit need not be done again.
        return spec.withCompletionMode("Indexed")
                .withCompletions(request.shards())
                .withParallelism(request.shards())
                .withBackoffLimitPerIndex(0)
                .withPodFailurePolicy(FailurePolicy.ofShards())
                .build();
    }

    private static PodTemplateSpec template(StageRequest request, PodSetting setting, Map<String, String> labels) {
        String json = new String(ContractJson.toBytes(request), StandardCharsets.UTF_8);
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .withLabels(labels)
                .withAnnotations(Map.of(JobLabels.REQUEST, json))
                .endMetadata()
                .withSpec(pod(request, setting))
                .build();
    }

    private static PodSpec pod(StageRequest request, PodSetting setting) {
        var worker = setting.roundClass().worker();
        return new PodSpecBuilder()
                .withRestartPolicy("Never")
                .withServiceAccountName(worker.serviceAccountName())
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withTerminationGracePeriodSeconds(GRACE_SECONDS)
                .withNodeSelector(worker.nodeSelector())
                .withTolerations(worker.tolerations())
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(WORKER_UID)
                .withRunAsGroup(WORKER_UID)
                .withFsGroup(WORKER_UID)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .withContainers(container(request, setting))
                .withVolumes(volumes(request, setting))
                .build();
    }

    private static Container container(StageRequest request, PodSetting setting) {
        return new ContainerBuilder()
                .withName(CONTAINER)
                .withImage(setting.image())
                .withImagePullPolicy(
                        setting.roundClass().worker().imagePullPolicy().name())
                .withArgs("stage")
                .withEnv(environment(request, setting))
                .withResources(resources(setting))
                .withTerminationMessagePath(TERMINATION_LOG)
                .withTerminationMessagePolicy("File")
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withRunAsNonRoot(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .withVolumeMounts(mounts(request))
                .build();
    }

    private static List<EnvVar> environment(StageRequest request, PodSetting setting) {
        Map<String, String> values = new TreeMap<>();
        values.put(WorkerEnv.REQUEST_FILE, REQUEST_DIR + "/" + REQUEST_FILE);
        values.put(WorkerEnv.REQUEST_DIGEST, request.digest());
        values.put(WorkerEnv.CREDENTIALS_DIR, CREDENTIALS_DIR);
        values.put(WorkerEnv.SCRATCH_DIR, SCRATCH_DIR);
        values.put("TMPDIR", SCRATCH_DIR);
        values.put(WorkerEnv.TERMINATION_LOG, TERMINATION_LOG);
        values.put(WorkerEnv.GPUS, Integer.toString(setting.gpus()));
        return values.entrySet().stream()
                .map(entry -> new EnvVarBuilder()
                        .withName(entry.getKey())
                        .withValue(entry.getValue())
                        .build())
                .toList();
    }

    private static ResourceRequirements resources(PodSetting setting) {
        ResourceRequirementsBuilder resources = new ResourceRequirementsBuilder()
                .addToRequests("cpu", setting.cpu())
                .addToRequests("memory", setting.memory())
                .addToLimits("memory", setting.memory());
        if (setting.gpus() > 0) {
            Quantity gpus = new Quantity(Integer.toString(setting.gpus()));
            String name = setting.roundClass().gpuResourceName();
            resources.addToRequests(name, gpus).addToLimits(name, gpus);
        }
        return resources.build();
    }

    private static List<VolumeMount> mounts(StageRequest request) {
        List<VolumeMount> mounts = new ArrayList<>(List.of(
                mount("request", REQUEST_DIR, true),
                mount("credentials", CREDENTIALS_DIR, true),
                mount("scratch", SCRATCH_DIR, false),
                mount("tmp", "/tmp", false)));
        source(request).ifPresent(volume -> mounts.add(mount(SOURCE, PrepareParameters.Volume.MOUNT, true)));
        return mounts;
    }

    /** The volume that a data set is read from. */
    private static Optional<PrepareParameters.Volume> source(StageRequest request) {
        return request.parameters() instanceof PrepareParameters prepare && prepare.source() != null
                ? Optional.ofNullable(prepare.source().volume())
                : Optional.empty();
    }

    private static VolumeMount mount(String volume, String path, boolean readOnly) {
        return new VolumeMountBuilder()
                .withName(volume)
                .withMountPath(path)
                .withReadOnly(readOnly ? Boolean.TRUE : null)
                .build();
    }

    private static List<Volume> volumes(StageRequest request, PodSetting setting) {
        Volume asked = new VolumeBuilder()
                .withName("request")
                .withNewDownwardAPI()
                .addNewItem()
                .withPath(REQUEST_FILE)
                .withNewFieldRef()
                .withFieldPath("metadata.annotations['" + JobLabels.REQUEST + "']")
                .endFieldRef()
                .endItem()
                .endDownwardAPI()
                .build();
        Volume credentials = new VolumeBuilder()
                .withName("credentials")
                .withNewSecret()
                .withSecretName(setting.credentialsSecretName())
                .withDefaultMode(0440)
                .endSecret()
                .build();
        List<Volume> volumes = new ArrayList<>(List.of(asked, credentials, emptyDir("scratch"), emptyDir("tmp")));
        source(request)
                .ifPresent(volume -> volumes.add(new VolumeBuilder()
                        .withName(SOURCE)
                        .withNewPersistentVolumeClaim(volume.claimName(), true)
                        .build()));
        return volumes;
    }

    private static Volume emptyDir(String name) {
        return new VolumeBuilder()
                .withName(name)
                .withNewEmptyDir()
                .endEmptyDir()
                .build();
    }
}
