package io.viewal.operator.pipeline;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.viewal.operator.job.CompletionTimes;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Makes the event sources of a controller: what else is watched, and whom it concerns.
 *
 * @param <P> kind of the controller's resource
 */
public final class EventSources<P extends HasMetadata> {

    private final EventSourceContext<P> context;

    public EventSources(EventSourceContext<P> context) {
        this.context = context;
    }

    /**
     * The Jobs that carry a label with the resource's name.
     *
     * @param completions is told when a Job is seen to end
     */
    public EventSource<?, P> jobs(String label, CompletionTimes completions) {
        return new InformerEventSource<>(
                labeled(Job.class, label).withOnUpdateFilter(completions).build(), context);
    }

    /** The pods that carry a label with the resource's name. */
    public EventSource<?, P> pods(String label) {
        return new InformerEventSource<>(labeled(Pod.class, label).build(), context);
    }

    /**
     * Resources that others refer to by name.
     *
     * @param name of the event source
     * @param refersTo tells whether a resource may have to do with another
     * @param referredTo the one that a resource refers to; null: none
     */
    public <R extends HasMetadata> EventSource<?, P> referred(
            Class<R> type, String name, BiPredicate<P, R> refersTo, Function<P, ResourceID> referredTo) {
        return new InformerEventSource<>(
                InformerEventSourceConfiguration.from(type, context.getPrimaryResourceClass())
                        .withName(name)
                        .withSecondaryToPrimaryMapper(changed -> referring(changed, refersTo))
                        .withPrimaryToSecondaryMapper((P primary) -> {
                            ResourceID id = referredTo.apply(primary);
                            return id == null ? Set.of() : Set.of(id);
                        })
                        .build(),
                context);
    }

    private <R extends HasMetadata> Set<ResourceID> referring(R changed, BiPredicate<P, R> refersTo) {
        return context.getPrimaryCache()
                .list(primary -> refersTo.test(primary, changed))
                .map(ResourceID::fromResource)
                .collect(Collectors.toSet());
    }

    private <R extends HasMetadata> InformerEventSourceConfiguration.Builder<R> labeled(Class<R> type, String label) {
        return InformerEventSourceConfiguration.from(type, context.getPrimaryResourceClass())
                .withLabelSelector(label)
                .withSecondaryToPrimaryMapper(resource -> Set.of(new ResourceID(
                        resource.getMetadata().getLabels().get(label),
                        resource.getMetadata().getNamespace())));
    }
}
