package io.viewal.contract;

/**
 * An object store without its credentials.
 *
 * @param endpoint {@code http(s)://host:port} of an S3 server, or {@code dir:/path} for a directory
 * @param bucket the bucket; ignored for a directory
 * @param prefix put before every key, without slashes at its ends; may be empty
 * @param region S3 region; may be empty
 */
public record StoreLocation(String endpoint, String bucket, String prefix, String region) {

    public StoreLocation {
        bucket = bucket == null ? "" : bucket;
        prefix = prefix == null ? "" : prefix;
        region = region == null ? "" : region;
    }
}
