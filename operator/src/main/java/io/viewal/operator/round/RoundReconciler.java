package io.viewal.operator.round;

import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import io.viewal.api.v1alpha1.ActiveLearningRound;
import io.viewal.api.v1alpha1.MultiViewDataset;
import io.viewal.api.v1alpha1.RoundClass;
import io.viewal.operator.job.CompletionTimes;
import io.viewal.operator.job.JobLabels;
import io.viewal.operator.pipeline.CachedSecondaryResources;
import io.viewal.operator.pipeline.EventSources;
import io.viewal.operator.pipeline.PipelineEngine;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Brings rounds from their declaration to their grown label set. */
@Singleton
@ControllerConfiguration(
        name = "round",
        triggerReconcilerOnAllEvents = true,
        informer = @Informer(itemStore = RoundStore.class, informerListLimit = EventSources.PAGE))
@GradualRetry(maxAttempts = Integer.MAX_VALUE, initialInterval = 500, intervalMultiplier = 2, maxInterval = 30_000)
public final class RoundReconciler implements Reconciler<ActiveLearningRound> {

    private final PipelineEngine engine;
    private final CompletionTimes completions;
    private final RoundKind kind = new RoundKind();

    public RoundReconciler(PipelineEngine engine, CompletionTimes completions) {
        this.engine = engine;
        this.completions = completions;
    }

    @Override
    public List<EventSource<?, ActiveLearningRound>> prepareEventSources(
            EventSourceContext<ActiveLearningRound> context) {
        EventSources<ActiveLearningRound> sources = new EventSources<>(context);
        return List.of(
                sources.jobs(JobLabels.ROUND, completions),
                sources.pods(JobLabels.ROUND),
                sources.referred(
                        MultiViewDataset.class,
                        "datasets",
                        round -> beside(round, round.getSpec().dataset())),
                sources.referred(
                        ActiveLearningRound.class,
                        "previous-rounds",
                        round -> beside(round, round.getSpec().previousRound())),
                sources.namespaces(round -> kind.outcome(round) == null),
                sources.shared(RoundClass.class, "classes", round -> kind.outcome(round) == null));
    }

    @Override
    public UpdateControl<ActiveLearningRound> reconcile(
            ActiveLearningRound round, Context<ActiveLearningRound> context) {
        if (context.isPrimaryResourceDeleted()) {
            return UpdateControl.noUpdate();
        }
        UpdateControl<ActiveLearningRound> control = UpdateControl.noUpdate();
        engine.turn(round, kind, new CachedSecondaryResources<>(round, context)).ifPresent(control::rescheduleAfter);
        return control;
    }

    /** What a round that has not ended refers to. */
    private Optional<ResourceID> beside(ActiveLearningRound round, String name) {
        return name == null || kind.outcome(round) != null
                ? Optional.empty()
                : Optional.of(new ResourceID(name, round.getMetadata().getNamespace()));
    }
}
