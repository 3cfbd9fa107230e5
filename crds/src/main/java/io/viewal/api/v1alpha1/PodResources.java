package io.viewal.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;

/** What a pod asks for. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(value = PodResources.POSITIVE_CPU, message = "cpu must be a quantity above zero, such as 500m or 2")
@ValidationRule(
        value = PodResources.POSITIVE_MEMORY,
        message = "memory must be a quantity of at least 64Mi, such as 2Gi (an M is needed: 2 is two bytes)")
public record PodResources(
        @Default("0") @Min(0) @Max(64) @JsonPropertyDescription("Whole GPUs.")
        Integer gpus,

        @JsonPropertyDescription("CPUs; absent: the class's default.")
        Quantity cpu,

        @JsonPropertyDescription("Memory; absent: the class's default.")
        Quantity memory) {

    static final String POSITIVE_CPU = "!has(self.cpu) || (isQuantity(string(self.cpu))"
            + " && quantity(string(self.cpu)).isGreaterThan(quantity('0')))";

    static final String POSITIVE_MEMORY = "!has(self.memory) || (isQuantity(string(self.memory))"
            + " && !quantity(string(self.memory)).isLessThan(quantity('64Mi')))";

    /** Nothing asked for: the class's defaults. */
    public static final PodResources NONE = new PodResources(0, null, null);
}
