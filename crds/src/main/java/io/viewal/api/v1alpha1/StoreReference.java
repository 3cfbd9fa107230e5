package io.viewal.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** The store that a resource's artifacts are in, as its class said when the work began. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StoreReference(
        @JsonPropertyDescription("`http(s)://host:port` of the S3 server.")
        String endpoint,

        @JsonPropertyDescription("The bucket.") String bucket,
        @JsonPropertyDescription("Put before every key.") String prefix,
        @JsonPropertyDescription("S3 region.") String region,

        @JsonPropertyDescription("Name of the Secret with the credentials.")
        String credentialsSecretName) {}
