package io.viewal.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Toleration;
import io.viewal.contract.Addressing;
import java.util.List;
import java.util.Map;

/** What the platform team decides, so that researchers need not and can't. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RoundClassSpec(
        @JsonPropertyDescription(
                "Labels of the namespaces whose rounds and data sets may use the class; absent, or" + " empty: all.")
        LabelSelector allowedNamespaces,

        @Required @JsonPropertyDescription("Where artifacts live.")
        Store store,

        @Required @JsonPropertyDescription("The pods that do the work.")
        Worker worker,

        @Default("{}") @JsonPropertyDescription("How the pods fit the platform.")
        WorkerPods pods,

        @Default("{}") @JsonPropertyDescription("Defaults and limits of what pods ask for.")
        Limits resources,

        @Default("nvidia.com/gpu")
        @Pattern("^[a-z0-9]([a-z0-9.-]*[a-z0-9])?/[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$")
        @Size(max = 253)
        @JsonPropertyDescription("Resource name under which nodes offer GPUs.")
        String gpuResourceName,

        @Default("{}") @JsonPropertyDescription("What happens after a failed attempt.")
        Retry retry,

        @Default("86400")
        @Min(60)
        @Max(31536000)
        @JsonPropertyDescription("Seconds that a finished Job, and with it its pods' logs, is kept.")
        Integer jobTtlSeconds,

        @Default("600")
        @Min(30)
        @Max(604800)
        @JsonPropertyDescription(
                "Seconds that a worker which has reported progress may report none: then it is stopped, and"
                        + " the stage is tried again, which counts.")
        Integer stallSeconds,

        @Min(60)
        @Max(31536000)
        @JsonPropertyDescription(
                "Seconds that an attempt of a stage may run: then it is stopped, and the round or data set"
                        + " fails; absent: as long as it takes.")
        Integer deadlineSeconds,

        @Default("Retain")
        @JsonPropertyDescription(
                "What becomes of the results of a round, data set or experiment that is deleted: `Retain` keeps"
                        + " them, to be found by whoever asks for the same; `Delete` deletes those that nobody else uses.")
        ReclaimPolicy reclaimPolicy) {

    /** As a PersistentVolume has it. */
    public enum ReclaimPolicy {
        /** Results stay until {@code viewal store gc} finds that nobody uses them. */
        Retain,
        /** Results go with the last resource that uses them. */
        Delete
    }

    /** An S3 bucket, or a part of one. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Store(
            @Required
            @Pattern("^https?://[A-Za-z0-9.:\\[\\]-]+/?$")
            @Size(max = 253)
            @JsonPropertyDescription("`http(s)://host:port` of an S3 server, as pods and the operator reach it.")
            String endpoint,

            @Required
            @Pattern("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$")
            @JsonPropertyDescription("The bucket; it must exist.")
            String bucket,

            @Default("\"\"")
            @Pattern("^([A-Za-z0-9][A-Za-z0-9._=+-]*(/[A-Za-z0-9][A-Za-z0-9._=+-]*)*)?$")
            @Size(max = 512)
            @JsonPropertyDescription("Put before every key, without slashes at its ends.")
            String prefix,

            @Default("\"\"") @Size(max = 64) @JsonPropertyDescription("S3 region; empty where the server has none.")
            String region,

            @Pattern(Api.NAME)
            @Size(max = Api.NAME_LENGTH)
            @JsonPropertyDescription("Name of the Secret, in the namespace of each round, with the entries"
                    + " `accessKey`, `secretKey` and, of temporary keys, `sessionToken`. The operator mounts a Secret of"
                    + " the same name of its own. Absent: workers and operator use the identity of their service"
                    + " accounts, as Amazon's SDKs look for it.")
            String credentialsSecretName,

            @JsonPropertyDescription(
                    "`Path` for `https://host/bucket/key`, `VirtualHost` for `https://bucket.host/key`;"
                            + " absent: by virtual host at Amazon's own endpoints, by path at all others.")
            Addressing addressing,

            @Pattern(Api.NAME)
            @Size(max = Api.NAME_LENGTH)
            @JsonPropertyDescription(
                    "Name of the ConfigMap, in the namespace of each round, whose entry `ca.crt` holds the"
                            + " certificate authorities of the endpoint in PEM. The operator mounts a ConfigMap of the same name of"
                            + " its own. Absent: those of the images.")
            String caConfigMapName,

            @Default("[]")
            @Size(max = 64)
            @JsonPropertyDescription(
                    "Beginnings of keys, such as `weights`, that all namespaces may read by"
                            + " `training.pretrained` and `source.uri`, beside what lies under their own `<prefix>/<namespace>`.")
            List<
                            @Size(min = 1, max = 512)
                            @Pattern("^[A-Za-z0-9][A-Za-z0-9._=+-]*(/[A-Za-z0-9][A-Za-z0-9._=+-]*)*$") String>
                    sharedPrefixes) {}

    /** The pods that do the work. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Worker(
            @Required @Size(min = 1, max = 512) @JsonPropertyDescription("The worker image.")
            String image,

            @Default("\"\"")
            @Size(max = 512)
            @JsonPropertyDescription("The worker image of pods that ask for GPUs; empty: the same.")
            String gpuImage,

            @Default("IfNotPresent") @JsonPropertyDescription("When the kubelet pulls the image.")
            PullPolicy imagePullPolicy,

            @Default("default")
            @Pattern(Api.NAME)
            @Size(max = Api.NAME_LENGTH)
            @JsonPropertyDescription("Service account of the pods; its token is not mounted.")
            String serviceAccountName,

            @Default("{}") @JsonPropertyDescription("Labels that a node must have.")
            Map<String, String> nodeSelector,

            @Default("[]") @Size(max = 32) @JsonPropertyDescription("Taints that the pods tolerate.")
            List<Toleration> tolerations,

            @Default("[]")
            @Size(max = 64)
            @JsonPropertyDescription("Images that rounds may name as `training.image`, whole references or, ending in"
                    + " `*`, what they begin with. They run as restricted as the worker and are given the store's"
                    + " credentials. Empty: none.")
            List<@Size(min = 1, max = 512) @Pattern("^[A-Za-z0-9][A-Za-z0-9._:/@-]*[*]?$") String>
                    allowedTrainerImages) {

        /** True when rounds may name this image. */
        public boolean allowsTrainer(String trainer) {
            return allowedTrainerImages != null
                    && allowedTrainerImages.stream()
                            .anyMatch(allowed -> allowed.endsWith("*")
                                    ? trainer.startsWith(allowed.substring(0, allowed.length() - 1))
                                    : trainer.equals(allowed));
        }
    }

    /** When the kubelet pulls an image. */
    @SuppressWarnings("MemberName") // The names are Kubernetes'.
    public enum PullPolicy {
        Always,
        IfNotPresent,
        Never
    }

    /** Defaults and limits. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Limits(
            @Default("{}") @JsonProperty("default") @JsonPropertyDescription("What a pod gets whose round doesn't say.")
            Defaults defaults,

            @Default("{}") @JsonPropertyDescription("The most that the pods of a stage may ask for together.")
            Maximum max,

            @Default("false")
            @JsonPropertyDescription(
                    "Limits a pod to the CPUs that it asks for, as quotas of CPU limits want it; without, it may"
                            + " use what is idle.")
            Boolean limitCpu) {}

    /** What a pod gets whose round doesn't say. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @ValidationRule(value = PodResources.POSITIVE_CPU, message = "cpu must be a quantity above zero")
    @ValidationRule(value = PodResources.POSITIVE_MEMORY, message = "memory must be a quantity of at least 64Mi")
    public record Defaults(
            @Default("\"1\"") @Size(max = PodResources.QUANTITY_LENGTH) @JsonPropertyDescription("CPUs.")
            String cpu,

            @Default("\"2Gi\"")
            @Size(max = PodResources.QUANTITY_LENGTH)
            @JsonPropertyDescription("Memory, both requested and the limit.")
            String memory) {}

    /** The most that the pods of a stage may ask for together; the stages of a round run one after another. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @ValidationRule(value = PodResources.POSITIVE_CPU, message = "cpu must be a quantity above zero")
    @ValidationRule(value = PodResources.POSITIVE_MEMORY, message = "memory must be a quantity of at least 64Mi")
    public record Maximum(
            @Default("8") @Min(0) @Max(64) @JsonPropertyDescription("Whole GPUs.")
            Integer gpus,

            @Default("\"16\"") @Size(max = PodResources.QUANTITY_LENGTH) @JsonPropertyDescription("CPUs.")
            String cpu,

            @Default("\"64Gi\"") @Size(max = PodResources.QUANTITY_LENGTH) @JsonPropertyDescription("Memory.")
            String memory) {}

    /** What happens after a failed attempt. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Retry(
            @Default("3")
            @Min(1)
            @Max(20)
            @JsonPropertyDescription("Attempts a stage; those ended by a disruption are not counted.")
            Integer maxAttempts,

            @Default("10")
            @Min(0)
            @Max(3600)
            @JsonPropertyDescription("Seconds before the second attempt; doubled before each further one.")
            Integer backoffSeconds) {}
}
