package io.viewal.worker.report;

import io.viewal.contract.ArtifactRef;
import io.viewal.contract.ContractJson;
import io.viewal.contract.ExperimentRequests;
import io.viewal.contract.ExperimentRounds;
import io.viewal.contract.ExperimentRounds.Arm;
import io.viewal.contract.ExperimentRounds.Outcome;
import io.viewal.contract.ExperimentRounds.Role;
import io.viewal.contract.ExperimentRounds.Round;
import io.viewal.contract.Fact;
import io.viewal.contract.Metric;
import io.viewal.contract.Owner;
import io.viewal.contract.RoundRequests;
import io.viewal.contract.Stage;
import io.viewal.contract.StageRequest;
import io.viewal.contract.StageResult;
import io.viewal.contract.StoreLocation;
import io.viewal.worker.artifact.MetricsJson;
import io.viewal.worker.artifact.SelectionCsv;
import io.viewal.worker.dataset.Region;
import io.viewal.worker.store.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Puts the results of an experiment's rounds into a store, as their stages would have. */
public final class ExperimentWriter {

    /** The experiment. */
    public static final Owner OWNER = new Owner("ActiveLearningExperiment", "local", "rooms", "0a1b2c3d-4e5f");

    private final ObjectStore store;
    private final StoreLocation location;
    private final int classes;
    private final int regions;

    /**
     * @param classes of the data set
     * @param regions that a round chooses
     */
    public ExperimentWriter(ObjectStore store, StoreLocation location, int classes, int regions) {
        this.store = store;
        this.location = location;
        this.classes = classes;
        this.regions = regions;
    }

    /**
     * Writes the rounds and their record: the first arm is the control, and each one learns faster than the one before.
     *
     * @return the record
     */
    public ArtifactRef write(int arms, int seeds, int rounds) {
        ArtifactRef dataset = commit("rooms", Stage.PREPARE, labels(0.01), Map.of(), Map.of());
        List<Arm> declared = IntStream.range(0, arms)
                .mapToObj(arm -> new Arm(
                        arm == 0 ? "control" : "arm-" + arm,
                        arm == 0 ? "ForegroundRandom66" : "ViewAL",
                        arm == 0 ? Role.Control : Role.Compared,
                        null))
                .toList();
        List<Round> ended = new ArrayList<>();
        for (int arm = 0; arm < arms; arm++) {
            for (int seed = 0; seed < seeds; seed++) {
                for (int number = 0; number < rounds; number++) {
                    ended.add(round(declared.get(arm).name(), arm, seed, number, dataset));
                }
            }
        }
        ExperimentRounds record = new ExperimentRounds(ExperimentRounds.VERSION, OWNER.name(), declared, ended);
        ArtifactRef ref = new ExperimentRequests(OWNER, location).artifact(record);
        store.put(ref.key(), ContractJson.toBytes(record));
        return ref;
    }

    private Round round(String arm, int gain, int seed, int number, ArtifactRef dataset) {
        String name = "rooms-%s-s%d-r%d".formatted(arm, seed, number);
        double score = 0.3 + 0.001 * seed + 0.01 * number * (1 + 0.3 * gain + 0.05 * (seed % 3));
        Map<Stage, List<ArtifactRef>> results = new EnumMap<>(Stage.class);
        results.put(Stage.PREPARE, List.of(dataset));
        results.put(Stage.TRAIN, List.of(train(name, score)));
        results.put(
                Stage.SCORE,
                List.of(commit(name, Stage.SCORE, Map.of(), Map.of(), Map.of(Fact.DEVICE, "gpu 0, gpu 1"))));
        results.put(Stage.SELECT, List.of(select(name, number)));
        results.put(Stage.LABEL, List.of(commit(name, Stage.LABEL, labels(0.01 * (number + 2)), Map.of(), Map.of())));
        return new Round(arm, seed, number, name, Outcome.Complete, null, results);
    }

    private ArtifactRef train(String name, double score) {
        double[] classIoU = new double[classes];
        Arrays.setAll(classIoU, id -> score * (0.5 + (double) id / classes));
        MetricsJson.Figures figures = new MetricsJson.Figures(score, score, score, score, classIoU);
        List<String> names = IntStream.range(0, classes)
                .mapToObj(id -> id == 0 ? "wall" : "class-" + id)
                .toList();
        long[][] confusion = new long[classes][classes];
        byte[] json = MetricsJson.write(new MetricsJson.Content(
                "random weights", 1, 1, 1, false, figures, figures, names, confusion, confusion));
        return commit(
                name,
                Stage.TRAIN,
                Map.of(Metric.TEST_MIOU, score, Metric.VALIDATION_MIOU, score, Metric.TEST_ACCURACY, 2 * score),
                Map.of(RoundRequests.METRICS, put("local/" + name + "/metrics.json", json)),
                Map.of(Fact.DEVICE, "gpu 0"));
    }

    private ArtifactRef select(String name, int number) {
        List<SelectionCsv.Row> rows = IntStream.range(0, regions)
                .mapToObj(rank -> new SelectionCsv.Row(
                        rank,
                        "room-%05d".formatted(rank % 20),
                        "frame-%05d".formatted((rank + number) % 30),
                        new Region.Superpixel(rank % 200),
                        120,
                        1.0 / (1 + rank),
                        0.5))
                .toList();
        byte[] csv = SelectionCsv.write(rows).getBytes(StandardCharsets.UTF_8);
        return commit(
                name,
                Stage.SELECT,
                Map.of(),
                Map.of(RoundRequests.SELECTION, put("local/" + name + "/selection.csv", csv)),
                Map.of());
    }

    private static Map<String, Double> labels(double fraction) {
        return Map.of(
                Metric.LABELED_FRACTION,
                fraction,
                Metric.LABELED_PIXELS,
                1e8 * fraction,
                Metric.CLICKS,
                1e5 * fraction,
                Metric.LABELING_SECONDS,
                3e5 * fraction,
                Metric.ROUND_CLICKS,
                1e3,
                Metric.ROUND_FOREGROUND,
                0.6);
    }

    private ArtifactRef commit(
            String owner,
            Stage stage,
            Map<String, Double> metrics,
            Map<String, ArtifactRef> artifacts,
            Map<String, String> facts) {
        Map<String, Double> all = new TreeMap<>(metrics);
        all.put(Metric.SECONDS, 10.0);
        StageResult result = new StageResult(
                StageRequest.VERSION, stage, 0, 1, null, 1, "", Map.of(), artifacts, all, new TreeMap<>(facts));
        return put("local/" + owner + "/" + stage.key() + "-result.json", ContractJson.toBytes(result));
    }

    private ArtifactRef put(String key, byte[] content) {
        store.put(key, content);
        return new ArtifactRef(key, (long) content.length, ContractJson.sha256(content));
    }
}
