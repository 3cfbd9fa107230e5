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
public record WorkerPods(
        @Default("{}")
        @Size(max = 32)
        @JsonPropertyDescription("Labels of Jobs and pods; the operator's own can't be changed.")
        Map<String, @Size(max = 63) String> labels,

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
    public static final WorkerPods PLAIN = new WorkerPods(Map.of(), Map.of(), null, null, null, null, 30, null, null);
}
