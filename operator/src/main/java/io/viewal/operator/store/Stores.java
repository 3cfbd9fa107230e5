package io.viewal.operator.store;

import io.viewal.api.v1alpha1.StoreReference;
import io.viewal.contract.StageResult;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;

/** Opens stores; the same store and credentials give the same object. */
public final class Stores {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration IDLE = Duration.ofMinutes(1);

    /** A store as it is reached with the credentials of now. */
    private record Server(Access access, ObjectStore objects, Breaker breaker) {}

    private record Place(StoreReference store, String namespace) {}

    /** A namespace's part of a store, and what it is reached by. */
    private record Part(Server server, StageStore store) {}

    private final AccessFiles files;
    private final Clock clock;
    private final OkHttpClient http;
    private final Map<StoreReference, Server> servers = new ConcurrentHashMap<>();
    private final Map<Place, Part> parts = new ConcurrentHashMap<>();
    private final Map<String, StageResult> committed = RecentlyUsed.cache();

    public Stores(AccessFiles files, Clock clock) {
        this.files = files;
        this.clock = clock;
        this.http = new OkHttpClient.Builder()
                .connectTimeout(CONNECT_TIMEOUT)
                .callTimeout(CALL_TIMEOUT)
                .connectionPool(new ConnectionPool(Breaker.QUESTIONS, IDLE.toSeconds(), TimeUnit.SECONDS))
                .build();
    }

    /**
     * A namespace's part of a store, not yet asked anything.
     *
     * @throws StoreException when there are no credentials for it, or no authorities
     */
    public StageStore open(StoreReference store, String namespace) {
        Access current = files.read(store);
        Server server = servers.compute(
                store, (k, known) -> known != null && known.access().equals(current) ? known : server(k, current));
        Part part = parts.compute(
                new Place(store, namespace),
                (k, known) -> known != null && known.server() == server ? known : part(k, server));
        return part.store();
    }

    /** Each has requests of its own, so that one that hangs takes up no other's. */
    private Server server(StoreReference store, Access current) {
        Dispatcher dispatcher = new Dispatcher();
        dispatcher.setMaxRequestsPerHost(Breaker.QUESTIONS);
        OkHttpClient own =
                current.trusting(http.newBuilder().dispatcher(dispatcher).build());
        S3Store objects = new S3Store(store, current.provider(http), own);
        return new Server(current, objects, new Breaker(store.endpoint(), clock));
    }

    private Part part(Place place, Server server) {
        return new Part(
                server,
                new StageStore(place.store(), place.namespace(), server.objects(), server.breaker(), committed, clock));
    }
}
