package io.viewal.operator.pipeline;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.CustomResource;
import io.viewal.api.v1alpha1.Outcome;
import io.viewal.api.v1alpha1.StoreReference;
import io.viewal.contract.ArtifactRef;
import io.viewal.contract.Owner;
import io.viewal.operator.job.OwnedJobs;
import java.util.List;
import java.util.Optional;

/**
 * What a kind of resource adds to the common way of working.
 *
 * @param <R> the resource
 * @param <S> its status
 */
public interface PipelineKind<R extends CustomResource<?, S>, S> {

    /** The resource as workers and Jobs know it. */
    Owner owner(R resource);

    /** True when the user wants it to hold. */
    boolean held(R resource);

    /** How it ended; null when it has not. */
    Outcome outcome(R resource);

    /** The generation that the status is about; null when there is no status. */
    Long observedGeneration(R resource);

    /** The conditions so far; may be null. */
    List<Condition> conditions(R resource);

    /** What is remembered of its stages. */
    Records records(R resource);

    /**
     * Finds what its work needs.
     *
     * @throws UnmetException when something is missing
     * @throws io.viewal.operator.store.StoreException when the store can't be asked
     */
    Pipeline resolve(R resource, SecondaryResources secondaries, StoreContents contents);

    /** What it uses in the store; empty when it has not begun. */
    Optional<Usage> usage(R resource);

    /**
     * What a resource uses in a store, beside the results of its stages.
     *
     * @param inputs what others have made
     */
    record Usage(StoreReference store, List<ArtifactRef> inputs) {}

    /** The status that says all this. */
    S status(R resource, Situation situation);

    /** The same status about a newer generation of a spec whose work has ended. */
    S withObservedGeneration(S status, Long generation);

    /** Its Jobs as the caches have them. */
    default OwnedJobs jobs(R resource, SecondaryResources secondaries) {
        return OwnedJobs.of(resource.getMetadata().getUid(), secondaries.jobs(), secondaries.pods());
    }
}
