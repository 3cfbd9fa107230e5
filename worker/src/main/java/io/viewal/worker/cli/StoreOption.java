package io.viewal.worker.cli;

import io.viewal.contract.StoreLocation;
import io.viewal.worker.store.ObjectStore;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The store of a command. */
final class StoreOption {

    @Option(
            names = "--store",
            defaultValue = "dir:out",
            paramLabel = "URI",
            description = "dir:PATH, or the http(s) address of an S3 server (default: ${DEFAULT-VALUE}).")
    private String store;

    @Option(
            names = "--bucket",
            defaultValue = "viewal",
            description = "Bucket of an S3 server (default: ${DEFAULT-VALUE}).")
    private String bucket;

    @Option(names = "--credentials", paramLabel = "DIR", description = "Folder with the files accessKey and secretKey.")
    private Path credentials;

    @Option(names = "--region", defaultValue = "", description = "Region of an S3 server (default: none).")
    private String region;

    StoreLocation location() {
        return new StoreLocation(store, bucket, "", region);
    }

    /** As it was given. */
    String uri() {
        return store;
    }

    ObjectStore open() {
        return ObjectStore.open(location(), credentials);
    }

    /** Where an object is, for people. */
    String where(String key) {
        return store.startsWith("dir:")
                ? Path.of(store.substring("dir:".length())).resolve(key).toString()
                : "s3://" + bucket + "/" + key;
    }
}
