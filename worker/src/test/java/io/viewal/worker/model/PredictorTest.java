package io.viewal.worker.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.viewal.contract.ScoreParameters.Dropout;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.model.network.DeepLabV3Plus;
import io.viewal.worker.model.network.Pass;
import io.viewal.worker.model.network.Weights;
import io.viewal.worker.model.weights.Safetensors;
import io.viewal.worker.model.weights.TensorFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictorTest {

    private static final int PIXELS = StripedFrames.SIZE.pixels();
    private static final StripedFrames FRAMES = new StripedFrames(2, 0);

    @TempDir
    static Path scratch;

    private static Path model;

    @BeforeAll
    static void trainBriefly() throws IOException {
        model = new Trainer(scratch, CheckpointStore.none(), progress -> {}, () -> false)
                .train(TrainingJobs.job(TrainingJobs.parameters(3, 2, 1e-3), FRAMES))
                .file();
    }

    @Test
    void knowsWhatItWasTrainedOn() throws IOException {
        try (Predictor predictor = Predictor.load(model)) {
            assertThat(predictor.classes()).isEqualTo(StripedFrames.CLASSES);
            assertThat(predictor.size()).isEqualTo(StripedFrames.SIZE);
            assertThat(predictor.device()).matches("cpu|gpu \\d+");
        }
    }

    @Test
    void probabilitiesOfAPixelSumToOne() throws IOException {
        try (Predictor predictor = Predictor.load(model)) {
            float[] probabilities = predictor.probabilities(FRAMES.rgb(0), 6, 5);
            assertThat(probabilities).hasSize(3 * PIXELS);
            for (int i = 0; i < PIXELS; i++) {
                float sum = probabilities[i] + probabilities[PIXELS + i] + probabilities[2 * PIXELS + i];
                assertThat(sum).isCloseTo(1f, within(1e-5f));
            }
        }
    }

    @Test
    void samplesDependOnTheSeedAlone() throws IOException {
        float[] first;
        try (Predictor predictor = Predictor.load(model)) {
            first = predictor.probabilities(FRAMES.rgb(0), 5, 5);
            predictor.probabilities(FRAMES.rgb(1), 3, 9);
            assertThat(predictor.probabilities(FRAMES.rgb(0), 5, 6)).isNotEqualTo(first);
        }
        try (Predictor predictor = Predictor.load(model)) {
            predictor.features(FRAMES.rgb(1));
            assertThat(predictor.probabilities(FRAMES.rgb(0), 5, 5)).isEqualTo(first);
        }
    }

    @Test
    void onePassHasNoDropout() throws IOException {
        try (Predictor predictor = Predictor.load(model)) {
            float[] once = predictor.probabilities(FRAMES.rgb(0), 1, 5);
            assertThat(predictor.probabilities(FRAMES.rgb(0), 1, 6)).isEqualTo(once);
            assertMostProbable(once, predictor.classes(FRAMES.rgb(0)));
        }
    }

    @Test
    void listenerSeesThePassesWhoseMeanIsReturned() throws IOException {
        List<float[]> passes = new ArrayList<>();
        try (Predictor predictor = Predictor.load(model)) {
            float[] mean = predictor.probabilities(FRAMES.rgb(0), 7, 5, (pass, sample) -> {
                assertThat(pass).isEqualTo(passes.size());
                passes.add(sample.clone());
            });
            assertThat(passes).hasSize(7);
            assertThat(passes.get(0)).isNotEqualTo(passes.get(1));
            for (int i = 0; i < mean.length; i += 97) {
                int at = i;
                double expected =
                        passes.stream().mapToDouble(p -> p[at]).average().orElseThrow();
                assertThat((double) mean[i]).isCloseTo(expected, within(1e-5));
            }
        }
    }

    @Test
    void samplesOfTheDecodersDropoutAreThoseOfFullPasses() throws IOException {
        int passes = 6;
        long seed = 5;
        List<float[]> samples = new ArrayList<>();
        try (Predictor predictor = Predictor.load(model, Dropout.Decoder, DataType.FLOAT64)) {
            predictor.probabilities(
                    FRAMES.rgb(0), passes, seed, (pass, probabilities) -> samples.add(probabilities.clone()));
        }
        assertThat(samples.get(0)).isNotEqualTo(samples.get(1));
        TensorFile content = Safetensors.read(model);
        try (NDManager manager = Engine.getInstance().newBaseManager()) {
            Weights weights = Weights.zeros(manager, DataType.FLOAT64);
            DeepLabV3Plus network = ModelFile.of(model, content).network(weights);
            ModelFile.load(model, content, weights);
            for (int pass = 0; pass < passes; pass++) {
                NDArray image = Evaluator.image(manager, FRAMES.rgb(0), StripedFrames.SIZE);
                NDArray joined = network.join(network.backbone(image, Pass.evaluation()), Pass.evaluation());
                NDArray decoded = network.refine(joined, Pass.sampling(Seeds.mix(seed, pass)));
                float[] full = network.resize(
                                network.classify(decoded), StripedFrames.SIZE.height(), StripedFrames.SIZE.width())
                        .softmax(1)
                        .toType(DataType.FLOAT32, false)
                        .toFloatArray();
                // Both are rounded once, to 24 bits.
                assertThat(samples.get(pass)).containsExactly(full, within(1.2e-7f));
            }
        }
    }

    @Test
    void placementsOfDropoutSampleDifferentlyButPredictAlike() throws IOException {
        try (Predictor backbone = Predictor.load(model);
                Predictor decoder = Predictor.load(model, Dropout.Decoder)) {
            assertThat(decoder.probabilities(FRAMES.rgb(0), 5, 5))
                    .isNotEqualTo(backbone.probabilities(FRAMES.rgb(0), 5, 5));
            assertThat(decoder.probabilities(FRAMES.rgb(0), 1, 5))
                    .isEqualTo(backbone.probabilities(FRAMES.rgb(0), 1, 5));
        }
    }

    @Test
    void featuresTellFramesApart() throws IOException {
        try (Predictor predictor = Predictor.load(model)) {
            float[] features = predictor.features(FRAMES.rgb(0));
            assertThat(features).hasSize(304);
            assertThat(predictor.features(FRAMES.rgb(0))).isEqualTo(features);
            assertThat(predictor.features(FRAMES.rgb(1))).isNotEqualTo(features);
        }
    }

    @Test
    void refusesTruncatedFiles() throws IOException {
        Path cut = scratch.resolve("cut.safetensors");
        byte[] whole = Files.readAllBytes(model);
        Files.write(cut, Arrays.copyOf(whole, whole.length - 100));

        assertThatThrownBy(() -> Predictor.load(cut))
                .isInstanceOfSatisfying(
                        InvalidInputException.class, e -> assertThat(e.reason()).isEqualTo(Reason.InvalidWeights))
                .hasMessageContaining("truncated");
    }

    @Test
    void refusesFramesOfAnotherSize() throws IOException {
        try (Predictor predictor = Predictor.load(model)) {
            assertThatThrownBy(() -> predictor.probabilities(new byte[12], 1, 0))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("48 x 32");
        }
    }

    /** Scores that differ may round to probabilities that do not, so that a class is one of the most probable. */
    private static void assertMostProbable(float[] probabilities, byte[] classes) {
        for (int i = 0; i < PIXELS; i++) {
            float largest =
                    Math.max(probabilities[i], Math.max(probabilities[PIXELS + i], probabilities[2 * PIXELS + i]));
            assertThat(probabilities[classes[i] * PIXELS + i]).isEqualTo(largest);
        }
    }
}
