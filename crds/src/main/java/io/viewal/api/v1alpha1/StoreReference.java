package io.viewal.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.viewal.contract.Addressing;

/** The store that a resource's artifacts are in, as its class said when the work began. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StoreReference(
        @JsonPropertyDescription("`http(s)://host:port` of the S3 server.")
        String endpoint,

        @JsonPropertyDescription("The bucket.") String bucket,
        @JsonPropertyDescription("Put before every key.") String prefix,
        @JsonPropertyDescription("S3 region.") String region,

        @JsonPropertyDescription("Name of the Secret with the credentials.")
        String credentialsSecretName,

        @JsonPropertyDescription("How requests name the bucket.")
        Addressing addressing,

        @JsonPropertyDescription("Name of the ConfigMap with the certificate authorities.")
        String caConfigMapName) {

    /** One with keys, addressed as its endpoint usually is, and trusted as all servers are. */
    public StoreReference(String endpoint, String bucket, String prefix, String region, String credentialsSecretName) {
        this(endpoint, bucket, prefix, region, credentialsSecretName, null, null);
    }
}
