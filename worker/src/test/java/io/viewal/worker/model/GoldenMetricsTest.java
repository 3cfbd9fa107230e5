package io.viewal.worker.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.viewal.worker.SharedData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against figures of the published code for one confusion matrix. */
class GoldenMetricsTest {

    private static final int CLASSES = 40;

    /** The 20 of the 40 classes that ScanNet's benchmark evaluates. */
    private static final int[] SCANNET_BENCHMARK = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 23, 27, 32, 33, 35, 38
    };

    private final ConfusionMatrix confusion = new ConfusionMatrix(CLASSES);
    private JsonNode golden;

    @BeforeEach
    void read() throws IOException {
        Path folder = SharedData.folder("golden").resolve("baselines");
        golden = new ObjectMapper().readTree(folder.resolve("baselines.json").toFile());
        byte[] file = Files.readAllBytes(folder.resolve("confusion_matrix.npy"));
        int numbers = CLASSES * CLASSES;
        ByteBuffer counts = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        counts.position(file.length - numbers * Double.BYTES);
        for (int i = 0; i < numbers; i++) {
            confusion.add(i / CLASSES, i % CLASSES, (long) counts.getDouble());
        }
    }

    @Test
    void metricsAreThePublishedOnes() {
        Metrics metrics = confusion.metrics();
        JsonNode expected = golden.get("metrics");

        assertThat(metrics.accuracy()).isCloseTo(expected.get("Acc").asDouble(), within(1e-12));
        assertThat(metrics.classAccuracy()).isCloseTo(expected.get("Acc_class").asDouble(), within(1e-12));
        assertThat(metrics.meanIoU()).isCloseTo(expected.get("mIoU").asDouble(), within(1e-12));
        assertThat(metrics.frequencyWeightedIoU())
                .isCloseTo(expected.get("fwIoU").asDouble(), within(1e-12));
        assertThat(confusion.among(SCANNET_BENCHMARK).metrics().meanIoU())
                .isCloseTo(expected.get("mIoU_20").asDouble(), within(1e-12));
    }

    @Test
    void balancedClassWeightsAreThePublishedOnes() {
        long[] pixels = new long[CLASSES];
        for (int truth = 0; truth < CLASSES; truth++) {
            for (int prediction = 0; prediction < CLASSES; prediction++) {
                pixels[truth] += confusion.count(truth, prediction);
            }
        }
        float[] weights = new LabelCounts(pixels).balancedWeights();

        for (int c = 0; c < CLASSES; c++) {
            double expected = golden.get("class_weights_sqrtinv").get(c).asDouble();
            assertThat((double) weights[c]).isCloseTo(expected, within(1e-8));
        }
    }
}
