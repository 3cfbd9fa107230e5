package io.viewal.operator.job;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpecBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.viewal.api.v1alpha1.PodIds;
import io.viewal.contract.ContractJson;
import io.viewal.contract.Owner;
import io.viewal.contract.StageRequest;
import io.viewal.contract.WorkerEnv;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Builds the Job of a stage's attempt. Pods are restricted as the Pod Security Standard of that name wants it. */
public final class StageJobs {

    static final String CONTAINER = "worker";

    private static final String TERMINATION_LOG = "/dev/termination-log";

    private StageJobs() {}

    /** Where a request's result lies, as people write it. */
    public static String result(StageRequest request) {
        return "s3://" + request.store().bucket() + "/" + request.layout().resultPrefix();
    }

    /** What the workers of a Job are asked. */
    public static StageRequest request(Job job) {
        String json = job.getSpec().getTemplate().getMetadata().getAnnotations().get(JobLabels.REQUEST);
        return ContractJson.read(json.getBytes(StandardCharsets.UTF_8), StageRequest.class);
    }

    /** True when a Job's pods would be made of something else now, as its class was changed. */
    public static boolean outdated(Job job, StageRequest request, PodSetting setting) {
        Map<String, String> annotations = job.getMetadata().getAnnotations();
        String digest = annotations == null ? null : annotations.get(JobLabels.POD_DIGEST);
        return digest != null && !digest.equals(digest(pod(request, setting)));
    }

    private static String digest(PodSpec pod) {
        return ContractJson.sha256(Serialization.asJson(pod).getBytes(StandardCharsets.UTF_8));
    }

    /** The Job of the request's attempt. */
    public static Job build(StageRequest request, PodSetting setting) {
        Owner owner = request.owner();
        Map<String, String> labels = setting.labels();
        labels.putAll(JobLabels.of(owner, request.stage(), request.attempt()));
        PodTemplateSpec template = template(request, setting, labels);
        return new JobBuilder()
                .withNewMetadata()
                .withNamespace(owner.namespace())
                .withName(JobNames.of(owner, request.stage(), request.attempt()))
                .withLabels(labels)
                .addToLabels(queue(setting))
                .withAnnotations(setting.inherited().annotations())
                .addToAnnotations(JobLabels.POD_DIGEST, digest(template.getSpec()))
                .addToAnnotations(JobLabels.RESULT, result(request))
                .withOwnerReferences(OwnerReferences.to(owner))
                .endMetadata()
                .withSpec(spec(request, setting, template))
                .build();
    }

    private static Map<String, String> queue(PodSetting setting) {
        String queue = setting.pods().queueName();
        return queue == null ? Map.of() : Map.of(JobLabels.QUEUE, queue);
    }

    private static JobSpec spec(StageRequest request, PodSetting setting, PodTemplateSpec template) {
        JobSpecBuilder spec = new JobSpecBuilder()
                .withTtlSecondsAfterFinished(setting.roundClass().jobTtlSeconds())
                .withActiveDeadlineSeconds(setting.deadlineSeconds())
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
                .withAnnotations(setting.inherited().annotations())
                .addToAnnotations(JobLabels.REQUEST, json)
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
                .withTerminationGracePeriodSeconds(
                        setting.pods().terminationGracePeriodSeconds().longValue())
                .withPriorityClassName(setting.pods().priorityClassName())
                .withRuntimeClassName(setting.pods().runtimeClassName())
                .withAffinity(setting.affinity())
                .withNodeSelector(worker.nodeSelector())
                .withTolerations(worker.tolerations())
                .withTopologySpreadConstraints(setting.pods().topologySpreadConstraints())
                .withSecurityContext(security(setting.pods().securityContext()))
                .withContainers(container(request, setting))
                .withVolumes(WorkerVolumes.of(request, setting))
                .build();
    }

    /** Without ids of the class the platform gives its own, as OpenShift does, or the image's hold. */
    private static PodSecurityContext security(PodIds ids) {
        return new PodSecurityContextBuilder()
                .withRunAsNonRoot(true)
                .withRunAsUser(ids.runAsUser())
                .withRunAsGroup(ids.runAsGroup())
                .withFsGroup(ids.fsGroup())
                .withSupplementalGroups(ids.supplementalGroups())
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
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
                .withVolumeMounts(WorkerVolumes.mounts(request, setting))
                .build();
    }

    private static List<EnvVar> environment(StageRequest request, PodSetting setting) {
        Map<String, String> values = new TreeMap<>(setting.pods().env());
        values.put(WorkerEnv.REQUEST_FILE, WorkerVolumes.REQUEST_DIR + "/" + WorkerVolumes.REQUEST_FILE);
        values.put(WorkerEnv.REQUEST_DIGEST, request.digest());
        if (setting.store().credentialsSecretName() != null) {
            values.put(WorkerEnv.CREDENTIALS_DIR, WorkerVolumes.CREDENTIALS_DIR);
        }
        if (setting.store().caConfigMapName() != null) {
            values.put(WorkerEnv.CA_FILE, WorkerVolumes.CA_DIR + "/" + WorkerVolumes.CA_FILE);
        }
        values.put(WorkerEnv.SCRATCH_DIR, WorkerVolumes.SCRATCH_DIR);
        values.put("TMPDIR", WorkerVolumes.SCRATCH_DIR);
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
        if (setting.pods().scratch() != null) {
            Quantity scratch = new Quantity(setting.pods().scratch());
            resources.addToRequests("ephemeral-storage", scratch).addToLimits("ephemeral-storage", scratch);
        }
        if (setting.limitsCpu()) {
            resources.addToLimits("cpu", setting.cpu());
        }
        if (setting.gpus() > 0) {
            Quantity gpus = new Quantity(Integer.toString(setting.gpus()));
            String name = setting.roundClass().gpuResourceName();
            resources.addToRequests(name, gpus).addToLimits(name, gpus);
        }
        return resources.build();
    }
}
