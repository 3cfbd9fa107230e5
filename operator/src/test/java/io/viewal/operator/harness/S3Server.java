package io.viewal.operator.harness;

import io.minio.BucketExistsArgs;
import io.minio.GetObjectArgs;
import io.minio.ListObjectsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.errors.MinioException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;

/** A real S3 server in this process. */
public final class S3Server implements AutoCloseable {

    /** The bucket that there is. */
    public static final String BUCKET = "viewal";

    /** Name of the Secret with the credentials. */
    public static final String SECRET = "viewal-store";

    /** Its keys. */
    public static final String ACCESS_KEY = "test-access";

    public static final String SECRET_KEY = "test-secret-of-the-store";

    private final S3Proxy proxy;
    private final String certificate;
    private final MinioClient client;
    private final Path credentials;

    private S3Server(S3Proxy proxy, String certificate) throws Exception {
        this.proxy = proxy;
        this.certificate = certificate;
        this.client = MinioClient.builder()
                .endpoint(endpoint())
                .credentials(ACCESS_KEY, SECRET_KEY)
                .region("us-east-1")
                .build();
        this.credentials = Files.createTempDirectory("viewal-credentials");
        writeCredentials(SECRET, SECRET_KEY);
        writeCredentials("wrong-store", "not-the-secret-key");
        if (!client.bucketExists(BucketExistsArgs.builder().bucket(BUCKET).build())) {
            client.makeBucket(MakeBucketArgs.builder().bucket(BUCKET).build());
        }
    }

    /** Starts a server. */
    public static S3Server start() throws Exception {
        HeldCertificate certificate = new HeldCertificate.Builder()
                .addSubjectAlternativeName("127.0.0.1")
                .build();
        Properties properties = new Properties();
        properties.setProperty("jclouds.identity", ACCESS_KEY);
        properties.setProperty("jclouds.credential", SECRET_KEY);
        S3Proxy proxy = S3Proxy.builder()
                .blobStore(BlobStores.create("transient-nio2", properties))
                .endpoint(URI.create("http://127.0.0.1:0"))
                .secureEndpoint(URI.create("https://127.0.0.1:0"))
                .sslContext(new HandshakeCertificates.Builder()
                        .heldCertificate(certificate)
                        .build()
                        .sslContext())
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ACCESS_KEY, SECRET_KEY)
                .ignoreUnknownHeaders(true)
                .build();
        proxy.start();
        while (!"STARTED".equals(proxy.getState())) {
            Thread.sleep(5);
        }
        return new S3Server(proxy, certificate.certificatePem());
    }

    /** Where it listens. */
    public String endpoint() {
        return "http://127.0.0.1:" + proxy.getPort();
    }

    /** Where it listens for TLS, with a certificate that only itself vouches for. */
    public String secureEndpoint() {
        return "https://127.0.0.1:" + proxy.getSecurePort();
    }

    /** That certificate, in PEM. */
    public String certificate() {
        return certificate;
    }

    /** The operator's folder of credentials. */
    public Path credentials() {
        return credentials;
    }

    /** Writes an object. */
    public void put(String key, byte[] content) {
        try {
            client.putObject(PutObjectArgs.builder()
                    .bucket(BUCKET)
                    .object(key)
                    .data(content, content.length)
                    .build());
        } catch (MinioException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads an object. */
    public byte[] get(String key) {
        try (var content = client.getObject(
                GetObjectArgs.builder().bucket(BUCKET).object(key).build())) {
            return content.readAllBytes();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** The keys below a folder. */
    public List<String> keys(String folder) {
        try {
            List<String> keys = new ArrayList<>();
            for (var object : client.listObjects(ListObjectsArgs.builder()
                    .bucket(BUCKET)
                    .prefix(folder + "/")
                    .recursive(true)
                    .build())) {
                keys.add(object.get().objectName());
            }
            return keys;
        } catch (MinioException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Removes an object. */
    public void delete(String key) {
        try {
            client.removeObject(
                    RemoveObjectArgs.builder().bucket(BUCKET).object(key).build());
        } catch (MinioException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Forgets all objects. */
    public void clear() {
        try {
            for (var object : client.listObjects(
                    ListObjectsArgs.builder().bucket(BUCKET).recursive(true).build())) {
                client.removeObject(RemoveObjectArgs.builder()
                        .bucket(BUCKET)
                        .object(object.get().objectName())
                        .build());
            }
        } catch (MinioException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws Exception {
        client.close();
        proxy.stop();
    }

    private void writeCredentials(String name, String secretKey) throws Exception {
        Path folder = Files.createDirectories(credentials.resolve(name));
        Files.writeString(folder.resolve("accessKey"), ACCESS_KEY + "\n");
        Files.writeString(folder.resolve("secretKey"), secretKey + "\n");
    }
}
