package io.viewal.worker.store;

import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.viewal.contract.StoreLocation;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;

/** A real S3 server in this process, in memory, with the bucket {@value #BUCKET}. */
public final class S3Server implements AutoCloseable {

    public static final String BUCKET = "viewal-test";

    private final S3Proxy server;
    private final Path credentials;

    /**
     * @param folder for the credentials files
     */
    public S3Server(Path folder) throws Exception {
        Properties backend = new Properties();
        backend.setProperty("jclouds.identity", "test-access");
        backend.setProperty("jclouds.credential", "test-secret-key");
        server = S3Proxy.builder()
                .blobStore(BlobStores.create("transient-nio2", backend))
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, "test-access", "test-secret-key")
                .ignoreUnknownHeaders(true)
                .build();
        server.start();
        while (!server.getState().equals("STARTED")) {
            Thread.sleep(5);
        }
        credentials = credentials(folder.resolve("credentials"), "test-access", "test-secret-key");
        try (MinioClient client = MinioClient.builder()
                .endpoint(endpoint())
                .credentials("test-access", "test-secret-key")
                .region("us-east-1")
                .build()) {
            client.makeBucket(MakeBucketArgs.builder().bucket(BUCKET).build());
        }
    }

    int port() {
        return server.getPort();
    }

    String endpoint() {
        return "http://127.0.0.1:" + port();
    }

    /** The bucket. */
    public StoreLocation location() {
        return new StoreLocation(endpoint(), BUCKET, "", "");
    }

    /** The folder with the right credentials. */
    public Path credentials() {
        return credentials;
    }

    /** A folder with these credentials. */
    static Path credentials(Path folder, String accessKey, String secretKey) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("accessKey"), accessKey);
        Files.writeString(folder.resolve("secretKey"), secretKey);
        return folder;
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }
}
