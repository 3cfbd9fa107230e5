package io.viewal.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** The users and groups that pods run as, as in a pod's {@code securityContext}; what is absent is the platform's. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PodIds(
        @Min(1) @Max(2147483647) @JsonPropertyDescription("User; never root. Absent: the platform's, or the image's.")
        Long runAsUser,

        @Min(1) @Max(2147483647) @JsonPropertyDescription("Group. Absent: the platform's, or the image's.")
        Long runAsGroup,

        @Min(1)
        @Max(2147483647)
        @JsonPropertyDescription("Group that volumes are given to, where their kind allows it.")
        Long fsGroup,

        @Size(max = 16) @JsonPropertyDescription("Further groups, such as the one that may read a shared file system.")
        List<@Min(1) @Max(2147483647) Long> supplementalGroups) {}
