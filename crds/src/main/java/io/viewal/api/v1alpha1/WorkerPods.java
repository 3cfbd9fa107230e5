package io.viewal.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;

/** How the pods of a class fit the platform: what is not said is as Kubernetes has it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "!has(self.scratch) || (isQuantity(string(self.scratch))"
                + " && quantity(string(self.scratch)).isGreaterThan(quantity('0')))",
        message = "scratch must be a quantity above zero, such as 50Gi")
@ValidationRule(
        value = "!has(self.sharedMemory) || (isQuantity(string(self.sharedMemory))"
                + " && quantity(string(self.sharedMemory)).isGreaterThan(quantity('0')))",
        message = "sharedMemory must be a quantity above zero, such as 1Gi")
@RecordBuilder
public record WorkerPods(
        @Default("{}")
        @Size(max = 32)
        @JsonPropertyDescription("Labels of Jobs and pods; the operator's own can't be changed.")
        Map<String, @Size(max = 63) String> labels,

        @Default("[]")
        @Size(max = 32)
        @JsonPropertyDescription(
                "Keys of labels that Jobs and pods take over from their round or data set, in the place"
                        + " of those in `labels`; the operator's own can't be changed.")
        List<@Size(min = 1, max = 317) String> inheritLabels,

        @Default("[]")
        @Size(max = 32)
        @JsonPropertyDescription("Keys of annotations that Jobs and pods take over from their round or data set.")
        List<@Size(min = 1, max = 317) String> inheritAnnotations,

        @Default("{}")
        @Size(max = 64)
        @JsonPropertyDescription("Environment of the worker; the operator's own variables can't be changed.")
        Map<String, @Size(max = 1024) String> env,

        @Pattern(Api.NAME)
        @Size(max = 63)
        @JsonPropertyDescription("Kueue's LocalQueue, in the namespace of the round, that Jobs wait in; absent: none.")
        String queueName,

        @Pattern(Api.NAME) @Size(max = 253) @JsonPropertyDescription("PriorityClass of the pods.")
        String priorityClassName,

        @Pattern(Api.NAME) @Size(max = 253) @JsonPropertyDescription("RuntimeClass of the pods.")
        String runtimeClassName,

        @PreserveUnknownFields @JsonPropertyDescription("Affinity of the pods, as in a pod's spec.")
        Map<String, Object> affinity,

        @Default("[]") @Size(max = 16) @JsonPropertyDescription("How pods spread over the cluster, as in a pod's spec.")
        List<TopologySpreadConstraint> topologySpreadConstraints,

        @Default("{}") @JsonPropertyDescription("Users and groups that the pods run as.")
        PodIds securityContext,

        @Default("30")
        @Min(1)
        @Max(3600)
        @JsonPropertyDescription("Seconds that a worker which is stopped gets for its last checkpoint.")
        Integer terminationGracePeriodSeconds,

        @Size(max = PodResources.QUANTITY_LENGTH)
        @JsonPropertyDescription(
                "Disk that a pod gets for temporary files: requested, and the limit; absent: what its node has.")
        String scratch,

        @Size(max = PodResources.QUANTITY_LENGTH)
        @JsonPropertyDescription(
                "Size of `/dev/shm`, which counts as memory of the pod; absent: the container runtime's 64Mi.")
        String sharedMemory) {

    /** As Kubernetes has it. */
    public static final WorkerPods PLAIN = WorkerPodsBuilder.builder()
            .labels(Map.of())
            .inheritLabels(List.of())
            .inheritAnnotations(List.of())
            .env(Map.of())
            .topologySpreadConstraints(List.of())
            .securityContext(new PodIds(null, null, null, null))
            .terminationGracePeriodSeconds(30)
            .build();
}
