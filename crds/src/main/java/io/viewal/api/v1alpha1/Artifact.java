package io.viewal.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** An object in the store. */
public record Artifact(
        @JsonPropertyDescription("`s3://bucket/key`.") String uri,

        @JsonPropertyDescription("Lower-case hexadecimal SHA-256.")
        String sha256,

        @JsonPropertyDescription("Size in bytes; absent where it was named by its content alone.")
        Long bytes) {}
