package io.viewal.operator.dataset;

import io.viewal.api.v1alpha1.Artifact;
import io.viewal.api.v1alpha1.DatasetStatus;
import io.viewal.api.v1alpha1.MultiViewDataset;
import io.viewal.api.v1alpha1.Outcome;
import io.viewal.api.v1alpha1.StoreReference;
import io.viewal.contract.ArtifactRef;
import io.viewal.contract.Fact;
import io.viewal.contract.Metric;
import io.viewal.contract.RoundRequests;
import io.viewal.contract.Stage;
import io.viewal.contract.StageResult;
import io.viewal.operator.condition.Conditions;
import io.viewal.operator.pipeline.Artifacts;
import io.viewal.operator.pipeline.Figures;
import io.viewal.operator.pipeline.Pipeline;
import io.viewal.operator.pipeline.Situation;
import java.util.Map;
import java.util.Optional;

/** Makes a data set's status. */
final class DatasetStatusReport {

    private final MultiViewDataset dataset;
    private final DatasetStatus before;
    private final Situation situation;
    private final Optional<Pipeline> pipeline;
    private final Map<String, Double> made;

    DatasetStatusReport(MultiViewDataset dataset, Situation situation) {
        this.dataset = dataset;
        this.before = dataset.getStatus();
        this.situation = situation;
        this.pipeline = situation.pipeline();
        this.made = result().map(StageResult::metrics).orElse(Map.of());
    }

    DatasetStatus status() {
        Long generation = dataset.getMetadata().getGeneration();
        Conditions conditions =
                new Conditions(before == null ? null : before.conditions(), generation, situation.now());
        Outcome outcome = situation.outcome();
        return new DatasetStatus(
                generation,
                situation.progress(),
                outcome,
                outcome == Outcome.Complete,
                pipeline.map(known -> known.setting().className()).orElse(before == null ? null : before.className()),
                Figures.count(made, Metric.SCENES),
                Figures.count(made, Metric.FRAMES),
                Figures.count(made, Metric.CLASSES),
                Figures.count(made, Metric.TRAIN_PIXELS),
                Figures.count(made, Metric.LABELED_PIXELS),
                Figures.shown(made.get(Metric.LABELED_FRACTION)),
                Figures.count(made, Metric.CLICKS),
                Figures.shown(made.get(Metric.LABELING_SECONDS)),
                Figures.shown(made.get(Metric.SUPERPIXEL_MIOU)),
                result().map(StageResult::facts)
                        .map(facts -> facts.get(Fact.PREFLIGHT))
                        .orElse(null),
                result().map(result -> result.artifacts().get(RoundRequests.DATASET))
                        .map(ArtifactRef::sha256)
                        .orElse(null),
                situation.addTo(conditions).list(),
                situation.plan().records().toStatus(DatasetPipeline.owner(dataset)),
                artifacts(),
                store());
    }

    private Optional<StageResult> result() {
        return situation.done().has(Stage.PREPARE)
                ? Optional.of(situation.done().single(Stage.PREPARE))
                : Optional.empty();
    }

    private Map<String, Artifact> artifacts() {
        return pipeline.flatMap(known -> result().map(
                                result -> Artifacts.of(result, known.setting().store())))
                .orElse(null);
    }

    private StoreReference store() {
        StoreReference pinned = before == null ? null : before.store();
        boolean begins = pinned == null && situation.begun();
        return begins ? pipeline.map(known -> known.setting().store()).orElse(null) : pinned;
    }
}
