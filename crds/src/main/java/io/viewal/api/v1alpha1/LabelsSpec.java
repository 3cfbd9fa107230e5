package io.viewal.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.viewal.contract.RoundLabels;

/** The labels that a round without a previous one starts from. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "self.source != 'Reference' || has(self.key) && has(self.sha256)",
        message = "labels.source Reference needs key and sha256: say which label set is meant")
@ValidationRule(
        value = "self.source == 'Reference' || !has(self.key) && !has(self.sha256)",
        message = "labels.key and labels.sha256 are of source Reference: leave them out, or write source: Reference")
public record LabelsSpec(
        @Required
        @JsonPropertyDescription("`SeedSet`, the data set's; `FullSupervision`, every labeled pixel of the train split,"
                + " for a round without `selection`; or `Reference`, a label set in the store.")
        RoundLabels.Source source,

        @Size(max = 1024)
        @Pattern("^[A-Za-z0-9_][A-Za-z0-9._=+-]*(/[A-Za-z0-9_][A-Za-z0-9._=+-]*)*$")
        @JsonPropertyDescription(
                "Of `Reference`: key of the label set in the bucket, below the class's prefix and the"
                        + " round's namespace or a prefix that the class shares, such as `runs/lab/round-3-01234567/label/1/label-set.zip`.")
        String key,

        @Pattern("^[0-9a-f]{64}$")
        @Size(max = 64)
        @JsonPropertyDescription("Of `Reference`: its SHA-256, lower-case hexadecimal.")
        String sha256) {}
