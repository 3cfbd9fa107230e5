package io.viewal.operator.store;

import io.viewal.api.v1alpha1.StoreReference;
import io.viewal.contract.StageResult;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.OkHttpClient;

/** Opens stores; the same store and credentials give the same object. */
public final class Stores {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

    private record Key(StoreReference store, Credentials credentials) {}

    private final CredentialFiles credentials;
    private final Clock clock;
    private final OkHttpClient http;
    private final Map<Key, StageStore> open = new ConcurrentHashMap<>();
    private final Map<String, StageResult> committed = RecentlyUsed.cache();

    /**
     * Opens stores with the credentials found in a folder.
     *
     * @param credentials holds a folder for each Secret
     */
    public Stores(Path credentials, Clock clock) {
        this.credentials = new CredentialFiles(credentials);
        this.clock = clock;
        this.http = new OkHttpClient.Builder()
                .connectTimeout(CONNECT_TIMEOUT)
                .callTimeout(CALL_TIMEOUT)
                .build();
    }

    /**
     * The store, not yet asked anything.
     *
     * @throws StoreException when there are no credentials for it
     */
    public StageStore open(StoreReference store) {
        Key key = new Key(store, credentials.read(store.credentialsSecretName()));
        return open.computeIfAbsent(
                key, k -> new StageStore(k.store(), new S3Store(k.store(), k.credentials(), http), committed, clock));
    }
}
