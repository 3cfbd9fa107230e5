package io.viewal.operator.store;

import io.minio.BucketExistsArgs;
import io.minio.GetObjectArgs;
import io.minio.GetObjectResponse;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.StatObjectArgs;
import io.minio.StatObjectResponse;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import io.viewal.api.v1alpha1.StoreReference;
import io.viewal.operator.condition.Reason;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import okhttp3.OkHttpClient;

/** A bucket of an S3 server. */
final class S3Store implements ObjectStore {

    private static final Set<String> DENIED =
            Set.of("AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "ExpiredToken");

    private static final int FORBIDDEN = 403;
    private static final int PRECONDITION_FAILED = 412;
    private static final int NOT_FOUND = 404;

    private interface Question<T> {
        T ask() throws MinioException, IOException;
    }

    private final StoreReference store;
    private final MinioClient client;

    S3Store(StoreReference store, Credentials credentials, OkHttpClient http) {
        this.store = store;
        MinioClient.Builder builder = MinioClient.builder()
                .endpoint(store.endpoint())
                .credentials(credentials.accessKey(), credentials.secretKey())
                .httpClient(http);
        // A region that is given saves the question for it, which some servers refuse.
        String region = store.region() == null || store.region().isEmpty() ? "us-east-1" : store.region();
        this.client = builder.region(region).build();
    }

    @Override
    public Optional<byte[]> get(String key, int maxBytes) {
        GetObjectArgs args =
                GetObjectArgs.builder().bucket(store.bucket()).object(key).build();
        return ask(
                () -> {
                    try (GetObjectResponse content = client.getObject(args)) {
                        return Optional.of(content.readNBytes(maxBytes + 1));
                    }
                },
                refused -> refused.errorResponse().code().equals("NoSuchKey"),
                Optional.empty());
    }

    @Override
    public Optional<Head> head(String key) {
        StatObjectArgs args =
                StatObjectArgs.builder().bucket(store.bucket()).object(key).build();
        return ask(
                () -> {
                    StatObjectResponse found = client.statObject(args);
                    return Optional.of(new Head(found.size(), found.etag()));
                },
                refused -> refused.errorResponse().code().equals("NoSuchKey"),
                Optional.empty());
    }

    @Override
    public byte[] part(String key, Head head, long offset, int length) {
        GetObjectArgs args = GetObjectArgs.builder()
                .bucket(store.bucket())
                .object(key)
                .matchETag(head.etag())
                .offset(offset)
                .length((long) length)
                .build();
        return ask(
                () -> {
                    try (GetObjectResponse content = client.getObject(args)) {
                        return content.readNBytes(length);
                    }
                },
                refused -> false,
                null);
    }

    @Override
    public void put(String key, byte[] content) {
        ask(() -> client.putObject(object(key, content).build()), refused -> false, null);
    }

    @Override
    public boolean putIfAbsent(String key, byte[] content) {
        PutObjectArgs args =
                object(key, content).extraHeaders(Map.of("If-None-Match", "*")).build();
        return ask(
                () -> client.putObject(args) != null,
                refused -> refused.response().code() == PRECONDITION_FAILED,
                false);
    }

    @Override
    public void requireBucket() {
        BucketExistsArgs args =
                BucketExistsArgs.builder().bucket(store.bucket()).build();
        if (!ask(() -> client.bucketExists(args), refused -> false, false)) {
            throw bucketNotFound(null);
        }
    }

    private PutObjectArgs.Builder object(String key, byte[] content) {
        return PutObjectArgs.builder().bucket(store.bucket()).object(key).data(content, content.length);
    }

    /** Asks, and takes one kind of refusal for an answer. */
    private <T> T ask(Question<T> question, Predicate<ErrorResponseException> answer, T meaning) {
        try {
            return question.ask();
        } catch (ErrorResponseException e) {
            if (answer.test(e)) {
                return meaning;
            }
            throw translated(e);
        } catch (MinioException | IOException | IllegalStateException e) {
            // The client wraps what goes wrong with the connection into an IllegalStateException.
            throw unavailable(e);
        }
    }

    private StoreException translated(ErrorResponseException e) {
        String code = e.errorResponse().code();
        int status = e.response().code();
        if (code.equals("NoSuchBucket") || (status == NOT_FOUND && code.isEmpty())) {
            return bucketNotFound(e);
        }
        if (DENIED.contains(code) || status == FORBIDDEN) {
            return new StoreException(
                    Reason.StoreAccessDenied,
                    ("The store at %s refuses access to bucket '%s' (%s): check the Secret '%s' and that its user may"
                                    + " list the bucket, read and write")
                            .formatted(store.endpoint(), store.bucket(), code, store.credentialsSecretName()),
                    e);
        }
        return new StoreException(
                Reason.StoreUnavailable,
                "The store at %s answers %d %s; asked again by itself".formatted(store.endpoint(), status, code),
                e);
    }

    private StoreException bucketNotFound(Throwable cause) {
        return new StoreException(
                Reason.BucketNotFound,
                "The store at %s has no bucket '%s': make it, or name another one in the round class"
                        .formatted(store.endpoint(), store.bucket()),
                cause);
    }

    private StoreException unavailable(Exception e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return new StoreException(
                Reason.StoreUnavailable,
                "The store at %s can't be reached (%s): is the endpoint right and the server up? Asked again by itself"
                        .formatted(store.endpoint(), root.getMessage()),
                e);
    }
}
