package io.viewal.contract;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * An object store without its credentials.
 *
 * @param endpoint {@code http(s)://host:port} of an S3 server, or {@code dir:/path} for a directory
 * @param bucket the bucket; ignored for a directory
 * @param prefix put before every key, without slashes at its ends; may be empty
 * @param region S3 region; may be empty
 * @param addressing null: by virtual host at Amazon's own endpoints, by path at all others
 */
public record StoreLocation(
        String endpoint,
        String bucket,
        String prefix,
        String region,
        @JsonInclude(JsonInclude.Include.NON_NULL) Addressing addressing) {

    public StoreLocation {
        bucket = bucket == null ? "" : bucket;
        prefix = prefix == null ? "" : prefix;
        region = region == null ? "" : region;
    }

    /** One that is addressed as its endpoint usually is. */
    public StoreLocation(String endpoint, String bucket, String prefix, String region) {
        this(endpoint, bucket, prefix, region, null);
    }
}
