package io.viewal.operator.store;

import io.minio.GetObjectArgs;
import io.minio.GetObjectResponse;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.Result;
import io.minio.StatObjectArgs;
import io.minio.StatObjectResponse;
import io.minio.credentials.Provider;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import io.viewal.api.v1alpha1.StoreReference;
import io.viewal.contract.Addressing;
import java.io.IOException;
import java.security.ProviderException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import okhttp3.OkHttpClient;

/** A bucket of an S3 server. */
final class S3Store implements ObjectStore {

    private static final int PRECONDITION_FAILED = 412;

    private interface Question<T> {
        T ask() throws MinioException, IOException;
    }

    private final StoreReference store;
    private final Refusals refusals;
    private final MinioClient client;

    S3Store(StoreReference store, Provider credentials, OkHttpClient http) {
        this.store = store;
        this.refusals = new Refusals(store);
        MinioClient.Builder builder = MinioClient.builder()
                .endpoint(store.endpoint())
                .credentialsProvider(credentials)
                .httpClient(http);
        // A region that is given saves the question for it, which some servers refuse.
        String region = store.region() == null || store.region().isEmpty() ? "us-east-1" : store.region();
        this.client = builder.region(region).build();
        if (store.addressing() == Addressing.VirtualHost) {
            client.enableVirtualStyleEndpoint();
        } else if (store.addressing() == Addressing.Path) {
            client.disableVirtualStyleEndpoint();
        }
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
        try {
            return ask(
                    () -> client.putObject(args) != null,
                    refused -> refused.response().code() == PRECONDITION_FAILED,
                    false);
        } catch (StoreException e) {
            throw refusals.ofCondition(e);
        }
    }

    @Override
    public void delete(String key) {
        RemoveObjectArgs args =
                RemoveObjectArgs.builder().bucket(store.bucket()).object(key).build();
        ask(
                () -> {
                    client.removeObject(args);
                    return null;
                },
                refused -> false,
                null);
    }

    @Override
    public List<String> list(String folder) {
        ListObjectsArgs args = ListObjectsArgs.builder()
                .bucket(store.bucket())
                .prefix(folder + "/")
                .recursive(true)
                .build();
        return ask(
                () -> {
                    List<String> keys = new ArrayList<>();
                    for (Result<Item> found : client.listObjects(args)) {
                        keys.add(found.get().objectName());
                    }
                    return keys;
                },
                refused -> false,
                null);
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
            throw refusals.of(e);
        } catch (MinioException | IOException | IllegalStateException | ProviderException e) {
            // The client wraps what goes wrong with the connection into an IllegalStateException.
            throw refusals.unreachable(e);
        }
    }
}
