package io.viewal.worker.store;

import io.minio.Http;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.Result;
import io.minio.UploadObjectArgs;
import io.minio.credentials.Provider;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import io.viewal.contract.Addressing;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.contract.StoreKeys;
import io.viewal.contract.StoreLocation;
import io.viewal.worker.InvalidInputException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/** A bucket of an S3 server. */
final class S3ObjectStore implements ObjectStore {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /** How long a server may send, or take, nothing. */
    private static final Duration SILENCE = Duration.ofSeconds(60);

    /** Requests at once; one that hangs, such as of progress, must not be in the way of others. */
    private static final int CONNECTIONS = 32;

    private static final int PRECONDITION_FAILED = 412;

    private final MinioClient client;
    private final StoreLocation location;
    private final S3Calls calls;

    private S3ObjectStore(MinioClient client, StoreLocation location, Patience patience) {
        this.client = client;
        this.location = location;
        this.calls = new S3Calls(location, patience);
    }

    static S3ObjectStore open(StoreLocation location, Provider credentials, Patience patience) {
        MinioClient client = MinioClient.builder()
                .endpoint(location.endpoint())
                .credentialsProvider(credentials)
                .region(location.region().isEmpty() ? "us-east-1" : location.region())
                .httpClient(http(), true)
                .build();
        if (location.addressing() == Addressing.VirtualHost) {
            client.enableVirtualStyleEndpoint();
        } else if (location.addressing() == Addressing.Path) {
            client.disableVirtualStyleEndpoint();
        }
        return new S3ObjectStore(client, location, patience);
    }

    /** Trusts, beside the platform's certificate authorities, those of the file that SSL_CERT_FILE names. */
    private static OkHttpClient http() {
        Dispatcher dispatcher = new Dispatcher();
        dispatcher.setMaxRequestsPerHost(CONNECTIONS);
        OkHttpClient http = new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                .connectTimeout(CONNECT_TIMEOUT)
                .readTimeout(SILENCE)
                .writeTimeout(SILENCE)
                .protocols(List.of(Protocol.HTTP_1_1))
                .build();
        try {
            return Http.enableExternalCertificatesFromEnv(http);
        } catch (MinioException e) {
            throw new InvalidInputException(
                    Reason.StoreAccessDenied,
                    "The certificates that SSL_CERT_FILE names can't be read (" + e.getMessage() + "): give it PEM",
                    e);
        }
    }

    /** Refuses a store without the bucket, or one that ignores conditions: two workers could both commit there. */
    S3ObjectStore probed() {
        String key = StoreKeys.join(location.prefix(), "probe-" + UUID.randomUUID());
        // A GET first: what a server answers to it has a body, which says what is wrong.
        read(key);
        // A first answer that was lost makes the first put look refused; only the second one tells.
        putIfAbsent(key, new byte[1]);
        boolean conditional = !putIfAbsent(key, new byte[1]);
        delete(key);
        if (!conditional) {
            throw new InvalidInputException(
                    Reason.StoreNotConditional,
                    "The store " + location.endpoint() + " ignores the header If-None-Match, so commits would not be "
                            + "safe: use a server with conditional writes");
        }
        return this;
    }

    @Override
    public Optional<InputStream> open(String key) {
        return calls.call(key, () -> {
            try {
                return Optional.of(ResumedStream.open(client, calls, location.bucket(), key));
            } catch (ErrorResponseException e) {
                if ("NoSuchKey".equals(e.errorResponse().code())) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    @Override
    public void put(String key, byte[] content) {
        calls.call(key, () -> client.putObject(args(key, content).build()));
    }

    @Override
    public void put(String key, Path file) {
        calls.call(
                key,
                () -> client.uploadObject(UploadObjectArgs.builder()
                        .bucket(location.bucket())
                        .object(StoreKeys.requireSafe(key))
                        .filename(file.toString())
                        .build()));
    }

    @Override
    public boolean putIfAbsent(String key, byte[] content) {
        return calls.call(key, () -> {
            try {
                client.putObject(args(key, content)
                        .extraHeaders(Map.of("If-None-Match", "*"))
                        .build());
                return true;
            } catch (ErrorResponseException e) {
                if (e.response().code() == PRECONDITION_FAILED) {
                    return false;
                }
                throw e;
            }
        });
    }

    private PutObjectArgs.Builder args(String key, byte[] content) {
        return PutObjectArgs.builder()
                .bucket(location.bucket())
                .object(StoreKeys.requireSafe(key))
                .data(content, content.length);
    }

    @Override
    public List<Stored> objects(String prefix) {
        return calls.call(prefix, () -> {
            List<Stored> objects = new ArrayList<>();
            for (Result<Item> item : client.listObjects(ListObjectsArgs.builder()
                    .bucket(location.bucket())
                    .prefix(StoreKeys.requireSafe(prefix) + "/")
                    .recursive(true)
                    .build())) {
                Item object = item.get();
                objects.add(new Stored(
                        object.objectName(),
                        object.size(),
                        object.lastModified().toInstant()));
            }
            objects.sort(Comparator.comparing(Stored::key));
            return objects;
        });
    }

    @Override
    public List<Entry> children(String prefix) {
        String start = prefix.isEmpty() ? "" : StoreKeys.requireSafe(prefix) + "/";
        return calls.call(prefix, () -> {
            List<Entry> entries = new ArrayList<>();
            for (Result<Item> item : client.listObjects(ListObjectsArgs.builder()
                    .bucket(location.bucket())
                    .prefix(start)
                    .build())) {
                String name = item.get().objectName().substring(start.length());
                if (item.get().isDir()) {
                    entries.add(new Entry(name.substring(0, name.length() - 1), true, 0, ""));
                } else if (!name.isEmpty()) {
                    // Some tools mark a folder by an empty object that ends with a slash.
                    entries.add(
                            new Entry(name, false, item.get().size(), item.get().etag()));
                }
            }
            entries.sort(Comparator.comparing(Entry::name));
            return entries;
        });
    }

    @Override
    public void delete(String key) {
        calls.call(key, () -> {
            client.removeObject(RemoveObjectArgs.builder()
                    .bucket(location.bucket())
                    .object(StoreKeys.requireSafe(key))
                    .build());
            return null;
        });
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (Exception e) {
            throw new StoreUnavailableException("Closing the connection to " + location.endpoint(), e);
        }
    }
}
