package io.viewal.worker.store;

import io.minio.BucketExistsArgs;
import io.minio.GetObjectArgs;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.Result;
import io.minio.UploadObjectArgs;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.contract.StoreKeys;
import io.viewal.contract.StoreLocation;
import io.viewal.worker.InvalidInputException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A bucket of an S3 server. What may pass is tried again a few times, each time after a longer pause. */
final class S3ObjectStore implements ObjectStore {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final int ATTEMPTS = 5;
    private static final Set<String> DENIED =
            Set.of("AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidSecurity", "Forbidden");
    private static final int PRECONDITION_FAILED = 412;
    private static final int CONFLICT = 409;

    private final MinioClient client;
    private final StoreLocation location;

    private S3ObjectStore(MinioClient client, StoreLocation location) {
        this.client = client;
        this.location = location;
    }

    static S3ObjectStore open(StoreLocation location, Credentials credentials) {
        MinioClient client = MinioClient.builder()
                .endpoint(location.endpoint())
                .credentials(credentials.accessKey(), credentials.secretKey())
                .region(location.region().isEmpty() ? "us-east-1" : location.region())
                .build();
        S3ObjectStore store = new S3ObjectStore(client, location);
        store.probe();
        return store;
    }

    /** Refuses a store without the bucket, or one that ignores conditions: two workers could both commit there. */
    private void probe() {
        boolean exists = call(
                "",
                () -> client.bucketExists(
                        BucketExistsArgs.builder().bucket(location.bucket()).build()));
        if (!exists) {
            throw bucketNotFound();
        }
        String key = StoreKeys.join(location.prefix(), "probe-" + UUID.randomUUID());
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
    }

    @Override
    public Optional<InputStream> open(String key) {
        return call(key, () -> {
            try {
                return Optional.of(new Content(
                        key,
                        client.getObject(GetObjectArgs.builder()
                                .bucket(location.bucket())
                                .object(StoreKeys.requireSafe(key))
                                .build())));
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
        call(key, () -> client.putObject(args(key, content).build()));
    }

    @Override
    public void put(String key, Path file) {
        call(
                key,
                () -> client.uploadObject(UploadObjectArgs.builder()
                        .bucket(location.bucket())
                        .object(StoreKeys.requireSafe(key))
                        .filename(file.toString())
                        .build()));
    }

    @Override
    public boolean putIfAbsent(String key, byte[] content) {
        return call(key, () -> {
            try {
                client.putObject(args(key, content)
                        .extraHeaders(Map.of("If-None-Match", "*"))
                        .build());
                return true;
            } catch (ErrorResponseException e) {
                int status = e.response().code();
                if (status == PRECONDITION_FAILED || status == CONFLICT) {
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
        return call(prefix, () -> {
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
        return call(prefix, () -> {
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
        call(key, () -> {
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

    /** What is read of an object; a connection that breaks off says of which. */
    private final class Content extends FilterInputStream {

        private final String key;

        Content(String key, InputStream in) {
            super(in);
            this.key = key;
        }

        @Override
        public int read() {
            try {
                return super.read();
            } catch (IOException e) {
                throw unavailable(key, e);
            }
        }

        @Override
        public int read(byte[] into, int from, int count) {
            try {
                return super.read(into, from, count);
            } catch (IOException e) {
                throw unavailable(key, e);
            }
        }
    }

    @FunctionalInterface
    private interface Call<T> {
        T run() throws MinioException, IOException;
    }

    private <T> T call(String key, Call<T> call) {
        Duration pause = FIRST_PAUSE;
        for (int attempt = 1; ; attempt++) {
            try {
                return call.run();
            } catch (ErrorResponseException e) {
                if (e.response().code() < 500 || attempt == ATTEMPTS) {
                    throw refused(key, e);
                }
            } catch (MinioException | IOException e) {
                if (attempt == ATTEMPTS) {
                    throw unavailable(key, e);
                }
            } catch (IllegalStateException e) {
                // The client wraps a refused connection so.
                if (!(e.getCause() instanceof IOException) || attempt == ATTEMPTS) {
                    throw unavailable(key, e);
                }
            }
            sleep(pause);
            pause = pause.multipliedBy(2);
        }
    }

    private RuntimeException refused(String key, ErrorResponseException e) {
        String code = e.errorResponse().code();
        if ("NoSuchBucket".equals(code)) {
            return bucketNotFound();
        }
        if (DENIED.contains(code) || e.response().code() == 403) {
            return new InvalidInputException(
                    Reason.StoreAccessDenied,
                    "The store " + location.endpoint() + " refuses access to the bucket '" + location.bucket() + "' ("
                            + code + "): correct the credentials, or grant them reading, writing and listing",
                    e);
        }
        return unavailable(key, e);
    }

    private InvalidInputException bucketNotFound() {
        return new InvalidInputException(
                Reason.BucketNotFound,
                "The store " + location.endpoint() + " has no bucket '" + location.bucket()
                        + "': make it, or correct the round class");
    }

    private StoreUnavailableException unavailable(String key, Exception e) {
        return new StoreUnavailableException(
                "The store " + location.endpoint() + " did not answer for '" + key + "': " + e.getMessage(), e);
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("Interrupted while waiting for the store", e);
        }
    }
}
