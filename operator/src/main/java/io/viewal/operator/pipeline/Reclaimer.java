package io.viewal.operator.pipeline;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.viewal.api.v1alpha1.RoundClassSpec;
import io.viewal.api.v1alpha1.RoundClassSpec.ReclaimPolicy;
import io.viewal.contract.Owner;
import io.viewal.contract.StoreLayout;
import io.viewal.operator.condition.Reason;
import io.viewal.operator.pipeline.PipelineKind.Usage;
import io.viewal.operator.report.Reporter;
import io.viewal.operator.store.StageStore;
import io.viewal.operator.store.StoreException;
import io.viewal.operator.store.Stores;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Deletes what a resource alone uses in the store together with the resource, where its class says so. A finalizer has the API
 * server wait for it. A store that is away holds a deletion up for some minutes, not for ever.
 */
public final class Reclaimer {

    /** On resources of classes that reclaim; where no operator runs any more it is taken away by hand. */
    public static final String FINALIZER = "viewal.io/reclaim";

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration RECHECK = Duration.ofSeconds(10);
    private static final Duration CONFLICT_RECHECK = Duration.ofMillis(100);

    private final KubernetesClient client;
    private final Stores stores;
    private final Reporter reporter;
    private final Clock clock;

    public Reclaimer(KubernetesClient client, Stores stores, Reporter reporter, Clock clock) {
        this.client = client;
        this.stores = stores;
        this.reporter = reporter;
        this.clock = clock;
    }

    /**
     * Sees to it that the API server waits with the resource's deletion, if its class reclaims.
     *
     * @return true when the resource was changed for that, or is no longer what it was: it is to be looked at anew
     */
    boolean hold(HasMetadata resource, RoundClassSpec roundClass) {
        if (roundClass.reclaimPolicy() != ReclaimPolicy.Delete || resource.hasFinalizer(FINALIZER)) {
            return false;
        }
        List<String> finalizers = new ArrayList<>(resource.getMetadata().getFinalizers());
        finalizers.add(FINALIZER);
        patch(resource, finalizers);
        return true;
    }

    /**
     * Deletes what a resource that is being deleted alone used, and lets it go.
     *
     * @param usage empty: it has not begun
     * @return when to look again; empty: it is let go
     */
    public Optional<Duration> reclaim(HasMetadata resource, Owner owner, Optional<Usage> usage, Records records) {
        if (!resource.hasFinalizer(FINALIZER)) {
            return Optional.empty();
        }
        try {
            usage.ifPresent(used -> release(owner, used, records));
        } catch (StoreException e) {
            Instant end =
                    Instant.parse(resource.getMetadata().getDeletionTimestamp()).plus(PATIENCE);
            if (clock.instant().isBefore(end)) {
                return Optional.of(RECHECK);
            }
            reporter.warn(
                    resource,
                    owner,
                    Reason.ResultsLeft,
                    "The resource is deleted and its results stay in the store, as for %d minutes it was so: %s; 'viewal store gc' deletes them"
                            .formatted(PATIENCE.toMinutes(), e.getMessage()));
        }
        List<String> others = resource.getMetadata().getFinalizers().stream()
                .filter(name -> !name.equals(FINALIZER))
                .toList();
        return patch(resource, others) ? Optional.empty() : Optional.of(CONFLICT_RECHECK);
    }

    private void release(Owner owner, Usage used, Records records) {
        StageStore store = stores.open(used.store(), owner.namespace());
        String prefix = used.store().prefix() == null ? "" : used.store().prefix();
        Stream<String> own = records.list().stream()
                .filter(record -> record.digest() != null)
                .map(record -> new StoreLayout(prefix, owner, record.stage(), record.digest(), 1).resultPrefix());
        Stream<String> inputs =
                used.inputs().stream().flatMap(input -> StoreLayout.resultPrefixOf(input.key()).stream());
        Stream.concat(own, inputs).distinct().forEach(result -> store.release(owner, result));
    }

    /** False when the resource has changed meanwhile. */
    private boolean patch(HasMetadata resource, List<String> finalizers) {
        Map<String, Object> metadata =
                Map.of("resourceVersion", resource.getMetadata().getResourceVersion(), "finalizers", finalizers);
        try {
            client.resource(resource)
                    .patch(PatchContext.of(PatchType.JSON_MERGE), Serialization.asJson(Map.of("metadata", metadata)));
            return true;
        } catch (KubernetesClientException e) {
            return switch (e.getCode()) {
                case HttpURLConnection.HTTP_CONFLICT -> false;
                case HttpURLConnection.HTTP_NOT_FOUND -> true;
                default -> throw e;
            };
        }
    }
}
