package io.viewal.operator.round;

import io.fabric8.kubernetes.api.model.Condition;
import io.viewal.api.v1alpha1.ActiveLearningRound;
import io.viewal.api.v1alpha1.Outcome;
import io.viewal.api.v1alpha1.RoundStatus;
import io.viewal.contract.Owner;
import io.viewal.contract.Stage;
import io.viewal.operator.pipeline.Pipeline;
import io.viewal.operator.pipeline.PipelineKind;
import io.viewal.operator.pipeline.Records;
import io.viewal.operator.pipeline.SecondaryResources;
import io.viewal.operator.pipeline.Situation;
import io.viewal.operator.pipeline.StoreContents;
import java.util.List;
import java.util.Optional;

/** What a round adds to the common way of working. */
public final class RoundKind implements PipelineKind<ActiveLearningRound, RoundStatus> {

    @Override
    public Owner owner(ActiveLearningRound round) {
        return RoundPipeline.owner(round);
    }

    @Override
    public boolean held(ActiveLearningRound round) {
        return round.getSpec().held();
    }

    @Override
    public Outcome outcome(ActiveLearningRound round) {
        return round.getStatus() == null ? null : round.getStatus().outcome();
    }

    @Override
    public Long observedGeneration(ActiveLearningRound round) {
        return round.getStatus() == null ? null : round.getStatus().observedGeneration();
    }

    @Override
    public List<Condition> conditions(ActiveLearningRound round) {
        return round.getStatus() == null ? null : round.getStatus().conditions();
    }

    @Override
    public Records records(ActiveLearningRound round) {
        return Records.of(
                Stage.ofRound(round.getSpec().selection() != null),
                round.getStatus() == null ? null : round.getStatus().stages());
    }

    @Override
    public Pipeline resolve(ActiveLearningRound round, SecondaryResources secondaries, StoreContents contents) {
        return new RoundPrerequisites(round, secondaries, contents).resolve();
    }

    @Override
    public Optional<Usage> usage(ActiveLearningRound round) {
        return Optional.ofNullable(round.getStatus())
                .map(RoundStatus::inputs)
                .map(inputs -> new Usage(inputs.store(), RoundPipeline.refs(inputs)));
    }

    @Override
    public RoundStatus status(ActiveLearningRound round, Situation situation) {
        return new RoundStatusReport(round, situation).status();
    }

    @Override
    public RoundStatus withObservedGeneration(RoundStatus status, Long generation) {
        return new RoundStatus(
                generation,
                status.stage(),
                status.progress(),
                status.outcome(),
                status.className(),
                status.trainedOn(),
                status.meanIoU(),
                status.labels(),
                status.conditions(),
                status.stages(),
                status.metrics(),
                status.facts(),
                status.artifacts(),
                status.inputs());
    }
}
