package io.viewal.operator.dataset;

import io.fabric8.kubernetes.api.model.Condition;
import io.viewal.api.v1alpha1.DatasetStatus;
import io.viewal.api.v1alpha1.MultiViewDataset;
import io.viewal.api.v1alpha1.Outcome;
import io.viewal.contract.Owner;
import io.viewal.operator.pipeline.ClassResolver;
import io.viewal.operator.pipeline.Pipeline;
import io.viewal.operator.pipeline.PipelineKind;
import io.viewal.operator.pipeline.Records;
import io.viewal.operator.pipeline.SecondaryResources;
import io.viewal.operator.pipeline.Situation;
import io.viewal.operator.pipeline.StoreContents;
import java.util.List;
import java.util.Optional;

/** What a data set adds to the common way of working. */
public final class DatasetKind implements PipelineKind<MultiViewDataset, DatasetStatus> {

    @Override
    public Owner owner(MultiViewDataset dataset) {
        return DatasetPipeline.owner(dataset);
    }

    @Override
    public boolean held(MultiViewDataset dataset) {
        return false;
    }

    @Override
    public Outcome outcome(MultiViewDataset dataset) {
        return dataset.getStatus() == null ? null : dataset.getStatus().outcome();
    }

    @Override
    public Long observedGeneration(MultiViewDataset dataset) {
        return dataset.getStatus() == null ? null : dataset.getStatus().observedGeneration();
    }

    @Override
    public List<Condition> conditions(MultiViewDataset dataset) {
        return dataset.getStatus() == null ? null : dataset.getStatus().conditions();
    }

    @Override
    public Records records(MultiViewDataset dataset) {
        return Records.of(
                DatasetPipeline.STAGES,
                dataset.getStatus() == null ? null : dataset.getStatus().stages());
    }

    @Override
    public Pipeline resolve(MultiViewDataset dataset, SecondaryResources secondaries, StoreContents contents) {
        DatasetStatus status = dataset.getStatus();
        boolean begun = status != null && status.store() != null;
        return new DatasetPipeline(
                dataset,
                new ClassResolver(dataset.getMetadata(), secondaries)
                        .resolve(
                                dataset.getSpec().className(),
                                begun ? status.store() : null,
                                begun ? status.className() : null));
    }

    @Override
    public Optional<Usage> usage(MultiViewDataset dataset) {
        return Optional.ofNullable(dataset.getStatus())
                .map(DatasetStatus::store)
                .map(store -> new Usage(store, List.of()));
    }

    @Override
    public DatasetStatus status(MultiViewDataset dataset, Situation situation) {
        return new DatasetStatusReport(dataset, situation).status();
    }

    @Override
    public DatasetStatus withObservedGeneration(DatasetStatus status, Long generation) {
        return new DatasetStatus(
                generation,
                status.progress(),
                status.outcome(),
                status.ready(),
                status.className(),
                status.scenes(),
                status.frames(),
                status.classes(),
                status.trainPixels(),
                status.labeledPixels(),
                status.labeledFraction(),
                status.clicks(),
                status.seconds(),
                status.superpixelMeanIoU(),
                status.preflight(),
                status.digest(),
                status.conditions(),
                status.stages(),
                status.artifacts(),
                status.store());
    }
}
