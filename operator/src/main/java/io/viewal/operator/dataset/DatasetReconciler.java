package io.viewal.operator.dataset;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import io.viewal.api.v1alpha1.MultiViewDataset;
import io.viewal.api.v1alpha1.RoundClass;
import io.viewal.operator.job.CompletionTimes;
import io.viewal.operator.job.JobLabels;
import io.viewal.operator.pipeline.CachedSecondaryResources;
import io.viewal.operator.pipeline.EventSources;
import io.viewal.operator.pipeline.PipelineEngine;
import jakarta.inject.Singleton;
import java.util.List;

/** Brings data sets from their declaration to what rounds can use. */
@Singleton
@ControllerConfiguration(name = "dataset", triggerReconcilerOnAllEvents = true)
@GradualRetry(maxAttempts = Integer.MAX_VALUE, initialInterval = 500, intervalMultiplier = 2, maxInterval = 30_000)
public final class DatasetReconciler implements Reconciler<MultiViewDataset> {

    private final PipelineEngine engine;
    private final CompletionTimes completions;
    private final DatasetKind kind = new DatasetKind();

    public DatasetReconciler(PipelineEngine engine, CompletionTimes completions) {
        this.engine = engine;
        this.completions = completions;
    }

    @Override
    public List<EventSource<?, MultiViewDataset>> prepareEventSources(EventSourceContext<MultiViewDataset> context) {
        EventSources<MultiViewDataset> sources = new EventSources<>(context);
        return List.of(
                sources.jobs(JobLabels.DATASET, completions),
                sources.pods(JobLabels.DATASET),
                sources.namespaces(dataset -> kind.outcome(dataset) == null),
                sources.shared(RoundClass.class, "classes", dataset -> kind.outcome(dataset) == null));
    }

    @Override
    public UpdateControl<MultiViewDataset> reconcile(MultiViewDataset dataset, Context<MultiViewDataset> context) {
        if (context.isPrimaryResourceDeleted()) {
            return UpdateControl.noUpdate();
        }
        UpdateControl<MultiViewDataset> control = UpdateControl.noUpdate();
        engine.turn(dataset, kind, new CachedSecondaryResources<>(dataset, context))
                .ifPresent(control::rescheduleAfter);
        return control;
    }
}
