package io.viewal.operator.round;

import io.viewal.api.v1alpha1.ActiveLearningRound;
import io.viewal.api.v1alpha1.Artifact;
import io.viewal.api.v1alpha1.RoundStatus;
import io.viewal.api.v1alpha1.RoundStatus.Inputs;
import io.viewal.api.v1alpha1.RoundStatus.Labels;
import io.viewal.api.v1alpha1.RoundStatus.TrainedOn;
import io.viewal.contract.Fact;
import io.viewal.contract.Metric;
import io.viewal.contract.Stage;
import io.viewal.contract.StageResult;
import io.viewal.operator.condition.Conditions;
import io.viewal.operator.pipeline.Artifacts;
import io.viewal.operator.pipeline.Figures;
import io.viewal.operator.pipeline.Results;
import io.viewal.operator.pipeline.Situation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** Makes a round's status. What is not known at the moment, as a prerequisite is missing, stays as it was. */
final class RoundStatusReport {

    /** Stages with one result each; the shards of SCORE would not fit a status. */
    private static final List<Stage> SINGLE = List.of(Stage.TRAIN, Stage.SELECT, Stage.LABEL);

    private final ActiveLearningRound round;
    private final RoundStatus before;
    private final Situation situation;
    private final Optional<RoundPipeline> pipeline;
    private final Results done;

    RoundStatusReport(ActiveLearningRound round, Situation situation) {
        this.round = round;
        this.before = round.getStatus();
        this.situation = situation;
        this.pipeline = situation.pipeline().map(RoundPipeline.class::cast);
        this.done = situation.done();
    }

    RoundStatus status() {
        Long generation = round.getMetadata().getGeneration();
        Conditions conditions =
                new Conditions(before == null ? null : before.conditions(), generation, situation.now());
        return new RoundStatus(
                generation,
                situation.stage(),
                situation.progress(),
                situation.outcome(),
                className(),
                kept(RoundStatus::trainedOn, this::trainedOn),
                kept(RoundStatus::meanIoU, this::meanIoU),
                kept(RoundStatus::labels, this::labels),
                situation.addTo(conditions).list(),
                situation.plan().records().toStatus(RoundPipeline.owner(round)),
                kept(RoundStatus::metrics, this::metrics),
                kept(RoundStatus::facts, this::facts),
                kept(RoundStatus::artifacts, this::artifacts),
                inputs());
    }

    private <T> T kept(Function<RoundStatus, T> old, Supplier<T> known) {
        return pipeline.isEmpty() && before != null ? old.apply(before) : known.get();
    }

    private String className() {
        return pipeline.map(known -> known.setting().className()).orElse(before == null ? null : before.className());
    }

    private Inputs inputs() {
        Inputs pinned = before == null ? null : before.inputs();
        boolean begins = pinned == null && situation.begun();
        return begins ? pipeline.map(RoundPipeline::pinned).orElse(null) : pinned;
    }

    /** A trainer of one's own may not tell. */
    private TrainedOn trainedOn() {
        if (!done.has(Stage.TRAIN) || !done.single(Stage.TRAIN).metrics().containsKey(Metric.TRAINED_ON_PIXELS)) {
            return null;
        }
        Map<String, Double> train = done.single(Stage.TRAIN).metrics();
        return new TrainedOn(
                Figures.count(train, Metric.TRAINED_ON_PIXELS),
                Figures.shown(train.get(Metric.TRAINED_ON_FRACTION)),
                Figures.count(train, Metric.TRAINED_ON_REGIONS),
                Figures.count(train, Metric.TRAINED_ON_CLICKS),
                Figures.shown(train.get(Metric.TRAINED_ON_SECONDS)));
    }

    private Double meanIoU() {
        if (!done.has(Stage.TRAIN)) {
            return null;
        }
        Map<String, Double> train = done.single(Stage.TRAIN).metrics();
        return Figures.shown(train.getOrDefault(Metric.TEST_MIOU, train.get(Metric.VALIDATION_MIOU)));
    }

    private Labels labels() {
        if (!done.has(Stage.LABEL)) {
            return null;
        }
        Map<String, Double> label = done.single(Stage.LABEL).metrics();
        return new Labels(
                Figures.count(label, Metric.LABELED_PIXELS),
                Figures.shown(label.get(Metric.LABELED_FRACTION)),
                Figures.count(label, Metric.CLICKS),
                Figures.shown(label.get(Metric.LABELING_SECONDS)));
    }

    private Map<String, Double> metrics() {
        Map<String, Double> metrics = new TreeMap<>();
        singles().forEach(result -> metrics.putAll(result.metrics()));
        metrics.remove(Metric.SECONDS);
        metrics.replaceAll((name, value) -> Figures.shown(value));
        metrics.values().removeIf(value -> value == null);
        return orNull(metrics);
    }

    private Map<String, String> facts() {
        Map<String, String> facts = new TreeMap<>();
        singles().forEach(result -> result.facts().forEach(facts::putIfAbsent));
        Processors.of(done).ifPresent(text -> facts.put(Fact.PROCESSOR, text));
        return orNull(facts);
    }

    private Map<String, Artifact> artifacts() {
        Map<String, Artifact> artifacts = new TreeMap<>();
        pipeline.ifPresent(known -> singles()
                .forEach(result ->
                        artifacts.putAll(Artifacts.of(result, known.setting().store()))));
        return orNull(artifacts);
    }

    private List<StageResult> singles() {
        return SINGLE.stream().filter(done::has).map(done::single).toList();
    }

    /** As an empty map is left out when written, a status reads back with none. */
    private static <V> Map<String, V> orNull(Map<String, V> map) {
        return map.isEmpty() ? null : map;
    }
}
