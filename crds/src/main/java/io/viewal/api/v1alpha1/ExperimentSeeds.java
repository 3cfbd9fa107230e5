package io.viewal.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** What each arm is repeated with. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "has(self.count) != has(self.list)",
        message = "give a count or a list: 'seeds: {count: 3}', or 'seeds: {list: [7, 8]}'")
@ValidationRule(
        value = "!has(self.list) || self.list.all(seed, self.list.exists_one(other, other == seed))",
        message = "give each seed once")
@ValidationRule(
        value = "has(self.count) ? (has(oldSelf.count) ? self.count >= oldSelf.count"
                + " : oldSelf.list.all(seed, seed < self.count))"
                + " : (has(oldSelf.list) ? oldSelf.list.all(seed, seed in self.list)"
                + " : self.list.filter(seed, seed < oldSelf.count).size() == oldSelf.count)",
        message =
                "seeds can be added, not taken away, as the experiment compares their rounds: " + ExperimentSpec.GO_ON)
public record ExperimentSeeds(
        @Min(1) @Max(100) @JsonPropertyDescription("This many: 0, 1 and so on.")
        Integer count,

        @Size(min = 1, max = 100) @JsonPropertyDescription("These.")
        List<@Min(0) @Max(2147483647) Long> list) {}
