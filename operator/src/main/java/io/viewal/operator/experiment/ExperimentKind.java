package io.viewal.operator.experiment;

import io.fabric8.kubernetes.api.model.Condition;
import io.viewal.api.v1alpha1.ActiveLearningExperiment;
import io.viewal.api.v1alpha1.ExperimentStatus;
import io.viewal.api.v1alpha1.Outcome;
import io.viewal.api.v1alpha1.StageStatus.State;
import io.viewal.contract.Owner;
import io.viewal.contract.Stage;
import io.viewal.operator.condition.Reason;
import io.viewal.operator.pipeline.Pipeline;
import io.viewal.operator.pipeline.PipelineKind;
import io.viewal.operator.pipeline.Records;
import io.viewal.operator.pipeline.Results;
import io.viewal.operator.pipeline.SecondaryResources;
import io.viewal.operator.pipeline.Situation;
import io.viewal.operator.pipeline.StoreContents;
import io.viewal.operator.pipeline.UnmetException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What an experiment adds to the common way of working, in one turn: its one stage is the report, and what that stage needs
 * first are its rounds. An experiment has no end, as more can be asked for.
 */
final class ExperimentKind implements PipelineKind<ActiveLearningExperiment, ExperimentStatus> {

    private final ObservedExperiment seen;
    private final ExperimentPlan plan;
    private final Supplier<ReportPipeline> report;
    private ReportPipeline asked;

    /**
     * A turn's.
     *
     * @param report of the rounds; asked only of a plan that is settled
     */
    ExperimentKind(ObservedExperiment seen, ExperimentPlan plan, Supplier<ReportPipeline> report) {
        this.seen = seen;
        this.plan = plan;
        this.report = report;
    }

    @Override
    public Owner owner(ActiveLearningExperiment experiment) {
        return ownerOf(experiment);
    }

    static Owner ownerOf(ActiveLearningExperiment experiment) {
        return new Owner(
                experiment.getKind(),
                experiment.getMetadata().getNamespace(),
                experiment.getMetadata().getName(),
                experiment.getMetadata().getUid());
    }

    @Override
    public boolean held(ActiveLearningExperiment experiment) {
        return experiment.getSpec().held();
    }

    @Override
    public Outcome outcome(ActiveLearningExperiment experiment) {
        return null;
    }

    @Override
    public Long observedGeneration(ActiveLearningExperiment experiment) {
        return experiment.getStatus() == null ? null : experiment.getStatus().observedGeneration();
    }

    @Override
    public List<Condition> conditions(ActiveLearningExperiment experiment) {
        return experiment.getStatus() == null ? null : experiment.getStatus().conditions();
    }

    /** A report of other rounds than the last one, and one that failed and is asked for again, is begun anew. */
    @Override
    public Records records(ActiveLearningExperiment experiment) {
        Records known = recordsOf(experiment);
        if (!plan.settled()) {
            return known;
        }
        boolean askedAgain = failed(known) && !Objects.equals(generation(experiment), observedGeneration(experiment));
        return askedAgain || ofOtherRounds(known) ? known.renewed(Stage.REPORT) : known;
    }

    static Records recordsOf(ActiveLearningExperiment experiment) {
        return Records.of(
                ReportPipeline.STAGES,
                experiment.getStatus() == null ? null : experiment.getStatus().stages());
    }

    private static Long generation(ActiveLearningExperiment experiment) {
        return experiment.getMetadata().getGeneration();
    }

    private static boolean failed(Records records) {
        return records.of(Stage.REPORT).state() == State.Failed;
    }

    private boolean ofOtherRounds(Records known) {
        String digest = known.of(Stage.REPORT).digest();
        try {
            return digest != null
                    && !digest.equals(
                            report().request(Stage.REPORT, Results.NONE).digest());
        } catch (RuntimeException e) {
            // Whatever it is, resolve meets it again and is answered.
            return false;
        }
    }

    @Override
    public Pipeline resolve(
            ActiveLearningExperiment experiment, SecondaryResources secondaries, StoreContents contents) {
        if (!plan.settled()) {
            throw UnmetException.of(plan.verdict());
        }
        Records records = records(experiment);
        if (failed(records)) {
            throw UnmetException.stalled(
                    Reason.ReportFailed,
                    "%s, but the report can't be made: %s; set spec.suspend to true and back, and it is tried again"
                            .formatted(
                                    plan.verdict().message(),
                                    records.of(Stage.REPORT).message()));
        }
        return report();
    }

    /** Asked once a turn, as it looks for the results of all rounds. */
    private ReportPipeline report() {
        if (asked == null) {
            asked = report.get();
        }
        return asked;
    }

    @Override
    public Optional<Usage> usage(ActiveLearningExperiment experiment) {
        return usageOf(experiment);
    }

    static Optional<Usage> usageOf(ActiveLearningExperiment experiment) {
        return Optional.ofNullable(experiment.getStatus())
                .map(ExperimentStatus::inputs)
                .map(inputs -> new Usage(inputs.store(), List.of()));
    }

    @Override
    public ExperimentStatus status(ActiveLearningExperiment experiment, Situation situation) {
        return new ExperimentStatusReport(experiment, seen, plan, situation).status();
    }

    @Override
    public ExperimentStatus withObservedGeneration(ExperimentStatus status, Long generation) {
        throw new IllegalStateException("An experiment has no end");
    }
}
