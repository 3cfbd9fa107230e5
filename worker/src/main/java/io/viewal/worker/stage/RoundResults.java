package io.viewal.worker.stage;

import io.viewal.contract.ArtifactRef;
import io.viewal.contract.ContractJson;
import io.viewal.contract.ExperimentRounds.Round;
import io.viewal.contract.Fact;
import io.viewal.contract.Metric;
import io.viewal.contract.RoundRequests;
import io.viewal.contract.Stage;
import io.viewal.contract.StageResult;
import io.viewal.worker.artifact.MetricsJson;
import io.viewal.worker.artifact.SelectionCsv;
import io.viewal.worker.report.Figure;
import io.viewal.worker.report.RoundRow;
import io.viewal.worker.store.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What the stages of a round committed. Artifacts beside the results that retention has removed are not known; nothing
 * else is missed for them.
 *
 * @param stages results by stage, one a shard; a stage without results has none
 * @param training figures of the model that was trained
 * @param selection the regions that were chosen
 */
record RoundResults(
        Round round,
        Map<Stage, List<StageResult>> stages,
        Optional<MetricsJson.Content> training,
        List<SelectionCsv.Row> selection) {

    private static final Map<Stage, Figure> SECONDS = Map.of(
            Stage.TRAIN, Figure.TRAIN_SECONDS,
            Stage.SCORE, Figure.SCORE_SECONDS,
            Stage.SELECT, Figure.SELECT_SECONDS,
            Stage.LABEL, Figure.LABEL_SECONDS);

    static RoundResults read(ObjectStore store, Round round) {
        Map<Stage, List<StageResult>> stages = new EnumMap<>(Stage.class);
        round.results()
                .forEach((stage, shards) -> stages.put(
                        stage,
                        shards.stream()
                                .map(shard -> ContractJson.read(store.fetch(shard), StageResult.class))
                                .toList()));
        return new RoundResults(
                round,
                stages,
                artifact(store, stages, Stage.TRAIN, RoundRequests.METRICS).flatMap(MetricsJson::read),
                artifact(store, stages, Stage.SELECT, RoundRequests.SELECTION)
                        .map(csv -> SelectionCsv.read(new String(csv, StandardCharsets.UTF_8)))
                        .orElse(List.of()));
    }

    private static Optional<byte[]> artifact(
            ObjectStore store, Map<Stage, List<StageResult>> stages, Stage stage, String name) {
        return stages.getOrDefault(stage, List.of()).stream()
                .findFirst()
                .map(result -> result.artifacts().get(name))
                .flatMap(ref -> store.read(ref.key()).map(content -> verified(store, ref, content)));
    }

    /** Fetching it once more says what is wrong with it. */
    private static byte[] verified(ObjectStore store, ArtifactRef ref, byte[] content) {
        return ContractJson.sha256(content).equals(ref.sha256()) ? content : store.fetch(ref);
    }

    /** The figures of a stage of one shard; none without a result. */
    Map<String, Double> metrics(Stage stage) {
        return stages.getOrDefault(stage, List.of()).stream()
                .findFirst()
                .map(StageResult::metrics)
                .orElse(Map.of());
    }

    /**
     * The round as the report has it.
     *
     * @param labels figures of the labels that the training began with
     */
    RoundRow row(Map<String, Double> labels) {
        Optional<StageResult> train =
                stages.getOrDefault(Stage.TRAIN, List.of()).stream().findFirst();
        return new RoundRow(
                round,
                figures(labels),
                train.map(RoundResults::device).orElse(""),
                training.map(MetricsJson.Content::classes).orElse(List.of()),
                training.map(MetricsJson.Content::test)
                        .map(test -> Arrays.stream(test.classIoU()).boxed().toList())
                        .orElse(List.of()),
                selection.stream()
                        .collect(Collectors.groupingBy(
                                SelectionCsv.Row::scene,
                                TreeMap::new,
                                Collectors.summingLong(SelectionCsv.Row::pixels))));
    }

    private Map<Figure, Double> figures(Map<String, Double> labels) {
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        Map<String, Double> train = metrics(Stage.TRAIN);
        if (!train.isEmpty()) {
            trainedOn(
                    figures, Figure.LABELED_FRACTION, Metric.TRAINED_ON_FRACTION, labels.get(Metric.LABELED_FRACTION));
            trainedOn(figures, Figure.LABELED_PIXELS, Metric.TRAINED_ON_PIXELS, labels.get(Metric.LABELED_PIXELS));
            trainedOn(figures, Figure.CLICKS, Metric.TRAINED_ON_CLICKS, labels.get(Metric.CLICKS));
            trainedOn(figures, Figure.SECONDS, Metric.TRAINED_ON_SECONDS, labels.get(Metric.LABELING_SECONDS));
        }
        put(figures, Figure.TEST_MIOU, train.get(Metric.TEST_MIOU));
        put(figures, Figure.TEST_ACCURACY, train.get(Metric.TEST_ACCURACY));
        put(figures, Figure.VALIDATION_MIOU, train.get(Metric.VALIDATION_MIOU));
        put(figures, Figure.LOSS, train.get(Metric.LOSS));
        put(figures, Figure.FOREGROUND, metrics(Stage.LABEL).get(Metric.ROUND_FOREGROUND));
        put(figures, Figure.ROUND_CLICKS, metrics(Stage.LABEL).get(Metric.ROUND_CLICKS));
        chosen(figures);
        seconds(figures);
        return figures;
    }

    /** A training of one's own may not say what it was trained on: it is the labels that it began with. */
    private void trainedOn(Map<Figure, Double> figures, Figure figure, String metric, Double otherwise) {
        put(figures, figure, metrics(Stage.TRAIN).getOrDefault(metric, otherwise));
    }

    private void chosen(Map<Figure, Double> figures) {
        if (!selection.isEmpty()) {
            figures.put(Figure.CHOSEN_REGIONS, (double) selection.size());
            figures.put(
                    Figure.CHOSEN_PIXELS,
                    selection.stream().mapToDouble(SelectionCsv.Row::pixels).sum());
            figures.put(Figure.CHOSEN_FRAMES, (double) selection.stream()
                    .map(row -> List.of(row.scene(), row.frame()))
                    .distinct()
                    .count());
            figures.put(Figure.CHOSEN_SCENES, (double)
                    selection.stream().map(SelectionCsv.Row::scene).distinct().count());
        }
    }

    private void seconds(Map<Figure, Double> figures) {
        SECONDS.forEach((stage, figure) -> put(figures, stage, figure, result -> 1));
        put(figures, Stage.TRAIN, Figure.TRAIN_GPU_SECONDS, RoundResults::gpus);
        put(figures, Stage.SCORE, Figure.SCORE_GPU_SECONDS, RoundResults::gpus);
    }

    /** Adds up the seconds of a stage's shards, each as often as it counts. */
    private void put(Map<Figure, Double> figures, Stage stage, Figure figure, ToDoubleFunction<StageResult> times) {
        if (stages.containsKey(stage)) {
            figures.put(
                    figure,
                    stages.get(stage).stream()
                            .mapToDouble(shard ->
                                    times.applyAsDouble(shard) * shard.metrics().getOrDefault(Metric.SECONDS, 0.0))
                            .sum());
        }
    }

    private static String device(StageResult result) {
        return result.facts().getOrDefault(Fact.DEVICE, "");
    }

    /** GPUs that a stage ran on: its device is {@code cpu}, or {@code gpu 0, gpu 1}. */
    private static long gpus(StageResult result) {
        return Arrays.stream(device(result).split(", "))
                .filter(device -> device.startsWith("gpu"))
                .count();
    }

    private static void put(Map<Figure, Double> figures, Figure figure, Double value) {
        if (value != null && !value.isNaN()) {
            figures.put(figure, value);
        }
    }
}
