package io.viewal.operator.pipeline;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.viewal.api.v1alpha1.ActiveLearningRound;
import io.viewal.api.v1alpha1.MultiViewDataset;
import io.viewal.api.v1alpha1.RoundClass;
import io.viewal.operator.job.JobLabels;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The secondary resources of a resource as the caches of its controller's event sources have them.
 *
 * @param <P> kind of the resource
 */
public final class CachedSecondaryResources<P extends HasMetadata> implements SecondaryResources {

    private final P resource;
    private final Context<P> context;

    public CachedSecondaryResources(P resource, Context<P> context) {
        this.resource = resource;
        this.context = context;
    }

    @Override
    public Collection<Job> jobs() {
        return context.getSecondaryResources(Job.class);
    }

    @Override
    public Collection<Job> jobsMaking(String result) {
        return cache(Job.class).byIndex(JobLabels.RESULT, result);
    }

    @Override
    public Collection<Pod> pods() {
        return context.getSecondaryResources(Pod.class);
    }

    @Override
    public List<RoundClass> classes() {
        return cache(RoundClass.class).list(any -> true).toList();
    }

    @Override
    public Optional<MultiViewDataset> dataset(String name) {
        return cache(MultiViewDataset.class).get(beside(name));
    }

    @Override
    public Optional<ActiveLearningRound> round(String name) {
        // Not the primary cache: what is read must be what the event told of.
        return cache(ActiveLearningRound.class).get(beside(name));
    }

    @Override
    public Optional<Namespace> namespace() {
        return cache(Namespace.class).get(new ResourceID(resource.getMetadata().getNamespace()));
    }

    @Override
    public void created(Job job) {
        cache(Job.class).handleRecentResourceCreate(ResourceID.fromResource(job), job);
    }

    @Override
    public void created(ActiveLearningRound round) {
        cache(ActiveLearningRound.class).handleRecentResourceCreate(ResourceID.fromResource(round), round);
    }

    private ResourceID beside(String name) {
        return new ResourceID(name, resource.getMetadata().getNamespace());
    }

    @SuppressWarnings("unchecked") // All event sources that are not the primary's are made by EventSources.
    private <T extends HasMetadata> InformerEventSource<T, P> cache(Class<T> type) {
        return (InformerEventSource<T, P>) context.eventSourceRetriever().getEventSourceFor(type);
    }
}
