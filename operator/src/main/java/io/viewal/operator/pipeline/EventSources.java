package io.viewal.operator.pipeline;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.viewal.api.v1alpha1.ActiveLearningRound;
import io.viewal.operator.job.CompletionTimes;
import io.viewal.operator.job.JobLabels;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Makes the event sources of a controller: what else is watched, and whom it concerns.
 *
 * @param <P> kind of the controller's resource
 */
public final class EventSources<P extends HasMetadata> {

    /** Resources that are listed at a time: a whole list of ten thousand would not fit the memory. */
    public static final long PAGE = 500;

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
        InformerEventSource<Job, P> jobs = new InformerEventSource<>(
                labeled(Job.class, label).withOnUpdateFilter(completions).build(), context);
        jobs.addIndexers(Map.of(JobLabels.RESULT, EventSources::result));
        return jobs;
    }

    private static List<String> result(Job job) {
        Map<String, String> annotations = job.getMetadata().getAnnotations();
        return annotations == null || !annotations.containsKey(JobLabels.RESULT)
                ? List.of()
                : List.of(annotations.get(JobLabels.RESULT));
    }

    /** The pods that carry a label with the resource's name. */
    public EventSource<?, P> pods(String label) {
        return new InformerEventSource<>(labeled(Pod.class, label).build(), context);
    }

    /**
     * The rounds that carry a label with the resource's name.
     *
     * @param concerning false of a change that is none to the resource
     */
    public EventSource<?, P> rounds(String label, OnUpdateFilter<ActiveLearningRound> concerning) {
        return new InformerEventSource<>(
                labeled(ActiveLearningRound.class, label)
                        .withItemStore(new CompactStore<>(ActiveLearningRound.class))
                        .withInformerListLimit(PAGE)
                        .withOnUpdateFilter(concerning)
                        .build(),
                context);
    }

    /**
     * Resources that others refer to by name. Who refers to one is found by an index, so that an event costs the same among
     * ten resources and ten thousand.
     *
     * @param name of the event source, and of the index
     * @param referredTo the one that a resource refers to; empty: none, or none any more
     */
    public <R extends HasMetadata> EventSource<?, P> referred(
            Class<R> type, String name, Function<P, Optional<ResourceID>> referredTo) {
        context.getPrimaryCache()
                .addIndexer(
                        name,
                        primary -> referredTo.apply(primary).map(EventSources::key).stream()
                                .toList());
        return source(
                type,
                name,
                changed -> key(ResourceID.fromResource(changed)),
                primary -> referredTo.apply(primary).map(Set::of).orElse(Set.of()));
    }

    /**
     * The namespaces of resources: the labels of one say which classes it may use.
     *
     * @param concerned false for those that their namespace concerns no more
     */
    public EventSource<?, P> namespaces(Predicate<P> concerned) {
        return referred(
                Namespace.class,
                "namespaces",
                primary -> Optional.of(primary)
                        .filter(concerned)
                        .map(open -> new ResourceID(open.getMetadata().getNamespace())));
    }

    /**
     * Resources each of which may concern any of the controller's.
     *
     * @param name of the event source, and of the index
     * @param concerned false for those that nothing concerns any more
     */
    public <R extends HasMetadata> EventSource<?, P> shared(Class<R> type, String name, Predicate<P> concerned) {
        context.getPrimaryCache().addIndexer(name, primary -> concerned.test(primary) ? List.of(name) : List.of());
        return source(type, name, changed -> name, primary -> Set.of());
    }

    private <R extends HasMetadata> EventSource<?, P> source(
            Class<R> type, String index, Function<R, String> key, Function<P, Set<ResourceID>> secondaries) {
        return new InformerEventSource<>(
                InformerEventSourceConfiguration.from(type, context.getPrimaryResourceClass())
                        .withName(index)
                        .withItemStore(new CompactStore<>(type))
                        .withInformerListLimit(PAGE)
                        .withSecondaryToPrimaryMapper(changed -> concerned(index, key.apply(changed)))
                        .withPrimaryToSecondaryMapper(secondaries::apply)
                        .build(),
                context);
    }

    private Set<ResourceID> concerned(String index, String key) {
        return context.getPrimaryCache().byIndex(index, key).stream()
                .map(ResourceID::fromResource)
                .collect(Collectors.toSet());
    }

    private static String key(ResourceID id) {
        return id.getNamespace().orElse("") + "/" + id.getName();
    }

    private <R extends HasMetadata> InformerEventSourceConfiguration.Builder<R> labeled(Class<R> type, String label) {
        return InformerEventSourceConfiguration.from(type, context.getPrimaryResourceClass())
                .withLabelSelector(label)
                .withSecondaryToPrimaryMapper(resource -> Set.of(new ResourceID(
                        resource.getMetadata().getLabels().get(label),
                        resource.getMetadata().getNamespace())));
    }
}
