package io.viewal.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** What a pod asks for. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(value = PodResources.POSITIVE_CPU, message = "cpu must be a quantity above zero, such as 500m or 2")
@ValidationRule(
        value = PodResources.POSITIVE_MEMORY,
        message = "memory must be a quantity of at least 64Mi, such as 2Gi (without a unit it is bytes)")
public record PodResources(
        @Default("0") @Min(0) @Max(64) @JsonPropertyDescription("Whole GPUs.")
        Integer gpus,

        @Size(max = PodResources.QUANTITY_LENGTH)
        @JsonPropertyDescription("CPUs as a Kubernetes quantity, such as `2` or `500m`; absent: the class's default.")
        String cpu,

        @Size(max = PodResources.QUANTITY_LENGTH)
        @JsonPropertyDescription("Memory as a Kubernetes quantity, such as `2Gi`; absent: the class's default.")
        String memory) {

    static final String POSITIVE_CPU = "!has(self.cpu) || (isQuantity(string(self.cpu))"
            + " && quantity(string(self.cpu)).isGreaterThan(quantity('0')))";

    static final String POSITIVE_MEMORY = "!has(self.memory) || (isQuantity(string(self.memory))"
            + " && !quantity(string(self.memory)).isLessThan(quantity('64Mi')))";

    /** Longer than any quantity that means something. */
    static final int QUANTITY_LENGTH = 24;

    /** Nothing asked for: the class's defaults. */
    public static final PodResources NONE = new PodResources(0, null, null);
}
