package io.viewal.operator.harness;

import io.viewal.contract.ArtifactRef;
import io.viewal.contract.ContractJson;
import io.viewal.contract.ExperimentRequests;
import io.viewal.contract.Fact;
import io.viewal.contract.Metric;
import io.viewal.contract.PrepareParameters;
import io.viewal.contract.ReportParameters;
import io.viewal.contract.RoundRequests;
import io.viewal.contract.StageRequest;
import io.viewal.contract.StageResult;
import io.viewal.contract.TrainParameters;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Results as a worker would commit them; the same request has the same artifacts. */
public final class FakeResults {

    /** What every preparation found. */
    public static final String PREFLIGHT = "the views of all 3 scenes agree";

    private FakeResults() {}

    static StageResult of(StageRequest request, int shard) {
        Map<String, ArtifactRef> artifacts = new TreeMap<>();
        for (String name : artifacts(request)) {
            artifacts.put(name, artifact(request, name, shard));
        }
        Map<String, String> inputs = new TreeMap<>();
        request.inputs().forEach((name, ref) -> inputs.put(name, ref.sha256()));
        return new StageResult(
                StageRequest.VERSION,
                request.stage(),
                shard,
                request.shards(),
                request.owner(),
                request.attempt(),
                request.digest(),
                inputs,
                artifacts,
                metrics(request),
                facts(request));
    }

    private static Map<String, String> facts(StageRequest request) {
        return switch (request.parameters()) {
            case PrepareParameters _ -> Map.of(Fact.PREFLIGHT, PREFLIGHT);
            case TrainParameters train
            when train.pretrained().isEmpty() ->
                Map.of(Fact.DEVICE, "cpu", Fact.RANDOM_WEIGHTS, "began with random weights");
            case ReportParameters _ -> Map.of(Fact.BEST_ARM, "viewal");
            default -> Map.of(Fact.DEVICE, "cpu");
        };
    }

    private static List<String> artifacts(StageRequest request) {
        return switch (request.stage()) {
            case PREPARE -> List.of(RoundRequests.DATASET, RoundRequests.LABELS);
            case TRAIN ->
                List.of(ownTrainer(request) ? RoundRequests.PREDICTIONS : RoundRequests.MODEL, RoundRequests.HISTORY);
            case SCORE -> List.of(RoundRequests.SCORES);
            case SELECT -> List.of(RoundRequests.SELECTION);
            case LABEL -> List.of(RoundRequests.LABELS, RoundRequests.PAGE);
            case REPORT -> List.of(ExperimentRequests.PAGE, ExperimentRequests.TABLE, ExperimentRequests.SUMMARY);
        };
    }

    /** One that predicts by itself and leaves no model. */
    private static boolean ownTrainer(StageRequest request) {
        return request.parameters() instanceof TrainParameters train
                && !train.image().isEmpty();
    }

    private static ArtifactRef artifact(StageRequest request, String name, int shard) {
        String file = name + "-" + shard;
        String sha256 = ContractJson.sha256((request.digest() + file).getBytes(StandardCharsets.UTF_8));
        return new ArtifactRef(request.layout().artifactKey(request.attempt(), file), 1000 + shard, sha256);
    }

    private static Map<String, Double> metrics(StageRequest request) {
        return switch (request.stage()) {
            case PREPARE ->
                Map.of(
                        Metric.SCENES, 3.0,
                        Metric.FRAMES, 12.0,
                        Metric.CLASSES, 5.0,
                        Metric.TRAIN_PIXELS, 24576.0,
                        Metric.LABELED_PIXELS, 3072.0,
                        Metric.LABELED_FRACTION, 0.125,
                        Metric.CLICKS, 40.0,
                        Metric.LABELING_SECONDS, 70.0,
                        Metric.REUSED_SCENES, request.shards() == 1 ? 0.0 : 2.0,
                        Metric.SUPERPIXEL_MIOU, 0.87654321);
            case TRAIN ->
                Map.of(
                        Metric.LOSS, 1.23456789,
                        Metric.VALIDATION_MIOU, 0.4,
                        Metric.TEST_MIOU, 0.345678901,
                        Metric.TRAINED_ON_PIXELS, 3072.0,
                        Metric.TRAINED_ON_FRACTION, 0.125,
                        Metric.TRAINED_ON_REGIONS, 1.0,
                        Metric.TRAINED_ON_CLICKS, 40.0,
                        Metric.TRAINED_ON_SECONDS, 70.0,
                        Metric.SECONDS, 2.5);
            case SCORE -> Map.of(Metric.REGIONS, 100.0, Metric.SECONDS, 1.0);
            case SELECT -> Map.of(Metric.REGIONS, 9.0, Metric.ROUND_PIXELS, 6144.0, Metric.SECONDS, 1.0);
            case LABEL ->
                Map.of(
                        Metric.LABELED_PIXELS, 9216.0,
                        Metric.LABELED_FRACTION, 0.375,
                        Metric.CLICKS, 120.0,
                        Metric.LABELING_SECONDS, 210.0,
                        Metric.REGIONS, 9.0,
                        Metric.SECONDS, 0.5);
            case REPORT -> Map.of(Metric.BEST_SCORE, 0.5123, Metric.labelsFor(0.9), 0.125, Metric.SECONDS, 1.0);
        };
    }
}
