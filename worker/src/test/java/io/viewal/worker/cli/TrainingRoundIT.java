package io.viewal.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.viewal.contract.ArtifactRef;
import io.viewal.contract.ExitCode;
import io.viewal.contract.Metric;
import io.viewal.contract.RoundRequests;
import io.viewal.contract.StageResult;
import io.viewal.worker.dataset.ImageSize;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rounds that end with their training, and the labels that they start from. */
class TrainingRoundIT extends LocalRoundsFixture {

    private static final ImageSize SIZE = new ImageSize(80, 60);

    private static final String DATASET = """
            kind: MultiViewDataset
            metadata: {name: rooms}
            spec:
              source: {synthetic: {scenes: 3, framesPerScene: 4, seed: 1}}
              width: 80
              height: 60
              seedSet: {frames: 1, seed: 1}
            """;

    private static String training(String name, String more) {
        return """
                ---
                kind: ActiveLearningRound
                metadata: {name: NAME}
                spec:
                  dataset: rooms
                  seed: 7
                  training: {epochs: 1, batchSize: 2}
                """.replace("NAME", name) + more;
    }

    @Test
    void aRoundWithoutASelectionTrainsIsMeasuredAndEnds() throws IOException {
        assertThat(run(DATASET + training("plain", ""))).as(err::toString).isEqualTo(ExitCode.OK);
        StageResult prepared = result("rooms", "prepare");
        StageResult plain = result("plain", "train");
        assertThat(plain.metrics())
                .containsKey(Metric.TEST_MIOU)
                .containsEntry(Metric.TRAINED_ON_REGIONS, 1.0)
                .containsEntry(Metric.TRAINED_ON_PIXELS, (double) SIZE.pixels())
                .containsEntry(Metric.TRAINED_ON_FRACTION, prepared.metrics().get(Metric.LABELED_FRACTION))
                .containsEntry(Metric.TRAINED_ON_CLICKS, prepared.metrics().get(Metric.CLICKS))
                .containsEntry(Metric.TRAINED_ON_SECONDS, prepared.metrics().get(Metric.LABELING_SECONDS));
        assertThat(file("plain", "train", "").getParent().resolveSibling("score"))
                .doesNotExist();
        assertThat(out.toString()).containsPattern("plain +25.00 %.* - +- +-");

        assertThat(run(training("next", "  previousRound: plain\n"))).isEqualTo(ExitCode.BAD_REQUEST);
    }

    @Test
    void fullSupervisionTrainsOnEveryFrameOfTheTrainSplit() throws IOException {
        assertThat(run(DATASET + training("full", "  labels: {source: FullSupervision}\n")))
                .as(err::toString)
                .isEqualTo(ExitCode.OK);
        StageResult full = result("full", "train");
        assertThat(full.inputs()).containsOnlyKeys(RoundRequests.DATASET);
        Map<String, Double> seed = result("rooms", "prepare").metrics();
        assertThat(full.metrics())
                .containsEntry(Metric.TRAINED_ON_FRACTION, 1.0)
                .containsEntry(Metric.TRAINED_ON_REGIONS, 4.0);
        assertThat(full.metrics().get(Metric.TRAINED_ON_CLICKS)).isGreaterThan(seed.get(Metric.CLICKS));
    }

    @Test
    void aLabelSetThatIsReferredToIsTrainedOnAsIfItsRoundHadBeenNamed() throws IOException {
        assertThat(run(DATASET + training("plain", ""))).as(err::toString).isEqualTo(ExitCode.OK);
        ArtifactRef labels = result("rooms", "prepare").artifacts().get(RoundRequests.LABELS);
        String reference = "  labels: {source: Reference, key: %s, sha256: %s}\n";
        assertThat(run(training("referring", reference.formatted(labels.key(), labels.sha256()))))
                .as(err::toString)
                .isEqualTo(ExitCode.OK);
        assertThat(model("referring")).isEqualTo(model("plain"));
        assertThat(run(training("wrong", reference.formatted(labels.key(), "0a".repeat(32)))))
                .isEqualTo(ExitCode.BAD_DATA);
        assertThat(err.toString()).contains(labels.key(), "SHA-256 differs");
        assertThat(result("rooms", "prepare").artifacts())
                .as("what was named wrongly is not damaged")
                .containsEntry(RoundRequests.LABELS, labels);
    }

    private String model(String round) throws IOException {
        return result(round, "train").artifacts().get(RoundRequests.MODEL).sha256();
    }
}
