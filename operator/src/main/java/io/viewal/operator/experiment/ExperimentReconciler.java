package io.viewal.operator.experiment;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import io.viewal.api.v1alpha1.ActiveLearningExperiment;
import io.viewal.api.v1alpha1.ActiveLearningRound;
import io.viewal.api.v1alpha1.MultiViewDataset;
import io.viewal.api.v1alpha1.RoundClass;
import io.viewal.operator.job.CompletionTimes;
import io.viewal.operator.job.JobLabels;
import io.viewal.operator.pipeline.CachedSecondaryResources;
import io.viewal.operator.pipeline.EventSources;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Brings experiments from their declaration to their report. */
@Singleton
@ControllerConfiguration(name = "experiment", triggerReconcilerOnAllEvents = true)
@GradualRetry(maxAttempts = Integer.MAX_VALUE, initialInterval = 500, intervalMultiplier = 2, maxInterval = 30_000)
public final class ExperimentReconciler implements Reconciler<ActiveLearningExperiment> {

    private final ExperimentEngine engine;
    private final CompletionTimes completions;

    public ExperimentReconciler(ExperimentEngine engine, CompletionTimes completions) {
        this.engine = engine;
        this.completions = completions;
    }

    @Override
    public List<EventSource<?, ActiveLearningExperiment>> prepareEventSources(
            EventSourceContext<ActiveLearningExperiment> context) {
        EventSources<ActiveLearningExperiment> sources = new EventSources<>(context);
        return List.of(
                sources.rounds(JobLabels.EXPERIMENT, ChildRound::changed),
                sources.jobs(JobLabels.EXPERIMENT, completions),
                sources.pods(JobLabels.EXPERIMENT),
                sources.referred(MultiViewDataset.class, "datasets", ExperimentReconciler::dataset),
                sources.namespaces(experiment -> true),
                sources.shared(RoundClass.class, "classes", experiment -> true));
    }

    private static Optional<ResourceID> dataset(ActiveLearningExperiment experiment) {
        return Optional.of(new ResourceID(
                experiment.getSpec().dataset(), experiment.getMetadata().getNamespace()));
    }

    @Override
    public UpdateControl<ActiveLearningExperiment> reconcile(
            ActiveLearningExperiment experiment, Context<ActiveLearningExperiment> context) {
        if (context.isPrimaryResourceDeleted()) {
            return UpdateControl.noUpdate();
        }
        CachedSecondaryResources<ActiveLearningExperiment> secondaries =
                new CachedSecondaryResources<>(experiment, context);
        UpdateControl<ActiveLearningExperiment> control = UpdateControl.noUpdate();
        engine.turn(experiment, context.getSecondaryResources(ActiveLearningRound.class), secondaries)
                .ifPresent(control::rescheduleAfter);
        return control;
    }
}
