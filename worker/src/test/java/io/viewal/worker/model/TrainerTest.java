package io.viewal.worker.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viewal.contract.Backbone;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.contract.TrainParameters;
import io.viewal.contract.TrainParametersBuilder;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.VoidLabel;
import io.viewal.worker.model.network.Architecture;
import io.viewal.worker.model.weights.Safetensors;
import io.viewal.worker.model.weights.Tensor;
import io.viewal.worker.model.weights.TensorFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {

    private static final StripedFrames FOUR = new StripedFrames(4, 0);

    @TempDir
    Path scratch;

    @Test
    void reportsEveryEpochAndMeasuresTheBestWeights() throws IOException {
        TrainingJob job = TrainingJobs.job(
                TrainingJobs.parameters(6, 4, 1e-3), FOUR, new StripedFrames(3, 1), new StripedFrames(2, 2));

        TrainedModel model = train(job, CheckpointStore.none());

        List<TrainingReport.EpochRow> history = model.report().history();
        assertThat(history).hasSize(6);
        double best = history.stream()
                .mapToDouble(TrainingReport.EpochRow::validationMeanIoU)
                .filter(Double::isFinite)
                .max()
                .orElseThrow();
        assertThat(model.report().validation().orElseThrow().meanIoU()).isEqualTo(best);
        assertThat(history.get(model.report().bestEpoch() - 1).validationMeanIoU())
                .isEqualTo(best);
        try (Predictor predictor = Predictor.load(model.file())) {
            ConfusionMatrix test = new ConfusionMatrix(3);
            for (int i = 0; i < job.test().size(); i++) {
                test.add(job.test().labels(i), predictor.classes(job.test().rgb(i)));
            }
            assertThat(model.report().test().orElseThrow().accuracy())
                    .isEqualTo(test.metrics().accuracy());
        }
    }

    @Test
    void makesTheSameBytesAfterBeingStoppedAnywhere() throws IOException {
        TrainingJob job = TrainingJobs.job(TrainingJobs.parameters(5, 3, 1e-3), FOUR, new StripedFrames(2, 1), FOUR);
        byte[] straight = Files.readAllBytes(train(job, CheckpointStore.none()).file());

        FolderCheckpoints checkpoints = new FolderCheckpoints(scratch);
        for (long stopAfter : new long[] {1, 4, 6}) {
            AtomicLong done = new AtomicLong();
            Trainer stopped = new Trainer(
                    scratch, checkpoints, progress -> done.set(progress.iteration()), () -> done.get() == stopAfter);
            assertThatThrownBy(() -> stopped.train(job))
                    .isInstanceOf(TrainingStoppedException.class)
                    .hasMessageContaining("iteration " + stopAfter + " of 10");
        }
        List<Long> iterations = new ArrayList<>();
        Trainer last = new Trainer(scratch, checkpoints, progress -> iterations.add(progress.iteration()), () -> false);
        TrainedModel resumed = last.train(job);

        assertThat(iterations).containsExactly(7L, 8L, 9L, 10L);
        assertThat(Files.readAllBytes(resumed.file())).isEqualTo(straight);
        assertThat(resumed.report().history()).hasSize(5);
    }

    @Test
    void startsAnewWhenTheCheckpointIsOfAnotherJob() throws IOException {
        FolderCheckpoints checkpoints = new FolderCheckpoints(scratch);
        Trainer stopped = new Trainer(scratch, checkpoints, progress -> {}, () -> true);
        assertThatThrownBy(() -> stopped.train(TrainingJobs.job(TrainingJobs.parameters(2, 2, 1e-3), FOUR)))
                .isInstanceOf(TrainingStoppedException.class);
        List<Long> iterations = new ArrayList<>();

        new Trainer(scratch, checkpoints, progress -> iterations.add(progress.iteration()), () -> false)
                .train(TrainingJobs.job(TrainingJobs.parameters(1, 2, 1e-3), FOUR));

        assertThat(iterations).containsExactly(1L, 2L);
    }

    @Test
    void learnsNothingFromPixelsWithoutLabel() throws IOException {
        byte[] half = FOUR.labels(0);
        Arrays.fill(half, half.length / 2, half.length, (byte) VoidLabel.ID);
        StripedFrames one = new StripedFrames(1, 0);
        TrainingJob job = TrainingJobs.job(TrainingJobs.parameters(1, 2, 1e-3), one.relabeled(half));
        List<Double> losses = new ArrayList<>();

        TrainedModel model = new Trainer(
                        scratch, CheckpointStore.none(), progress -> losses.add(progress.loss()), () -> false)
                .train(job);

        assertThat(losses).hasSize(1);
        assertThat(losses.getFirst()).isPositive().isFinite();
        assertThat(model.report().validation()).isEmpty();
        assertThat(model.report().bestEpoch()).isEqualTo(1);
    }

    @Test
    void keepsTheLastWeightsWhenValidationHasNoLabels() throws IOException {
        TrainingJob job = TrainingJobs.job(
                TrainingJobs.parameters(4, 2, 1e-3),
                FOUR,
                FOUR.relabeled(StripedFrames.constant(VoidLabel.ID)),
                TrainingSet.empty());

        assertThat(train(job, CheckpointStore.none()).report().bestEpoch()).isEqualTo(4);
    }

    @Test
    void trainsOneFrameAtATime() throws IOException {
        TrainedModel model = train(
                TrainingJobs.job(TrainingJobs.parameters(1, 1, 1e-3), FOUR, FOUR, TrainingSet.empty()),
                CheckpointStore.none());

        assertThat(model.report().history().getFirst().iterations()).isEqualTo(4);
        assertThat(model.report().validation().orElseThrow().accuracy()).isBetween(0.0, 1.0);
    }

    @Test
    void refusesLabelSetsWithoutLabels() {
        TrainingJob job = TrainingJobs.job(
                TrainingJobs.parameters(1, 2, 1e-3), FOUR.relabeled(StripedFrames.constant(VoidLabel.ID)));

        assertRefused(job, Reason.InvalidDataset, "no labeled pixel");
    }

    @Test
    void refusesLabelsOutsideTheClasses() {
        TrainingJob job =
                TrainingJobs.job(TrainingJobs.parameters(1, 2, 1e-3), FOUR.relabeled(StripedFrames.constant(3)));

        assertRefused(job, Reason.InvalidLabels, "label 3, expected 0 to 2");
    }

    @Test
    void endsWhenTheLossIsNotANumber() {
        assertRefused(
                TrainingJobs.job(TrainingJobs.parameters(9, 4, 1e30), FOUR),
                Reason.TrainingDiverged,
                "lower learningRate");
    }

    @Test
    void stopsWhenValidationsGetNoBetterAndKeepsTheBest() throws IOException {
        TrainedModel model = train(standstill(2), CheckpointStore.none());

        assertThat(model.report().stoppedEarly()).isTrue();
        assertThat(model.report().bestEpoch()).isEqualTo(1);
        assertThat(model.report().history()).hasSize(3);
        List<Map<String, Tensor>> weights = new ArrayList<>();
        try (TrainingSession session = new TrainingSession(standstill(2), 2, Optional.empty());
                BatchSource batches = new BatchSource(
                        standstill(2).training(), StripedFrames.SIZE, new EpochOrder(4, 2, 11), true, 11)) {
            for (int iteration = 0; iteration < 4; iteration++) {
                session.iterate(batches.take(iteration));
                weights.add(session.checkpoint().weights());
            }
        }
        Map<String, Tensor> kept = Safetensors.read(model.file()).tensors();
        assertThat(different(kept, weights.get(1))).isEmpty();
        assertThat(different(kept, weights.get(3))).isNotEmpty();
    }

    @Test
    void stopsEarlyAtTheSameEpochWithTheSameBytesWhenResumed() throws IOException {
        TrainedModel straight = train(standstill(3), CheckpointStore.none());
        byte[] bytes = Files.readAllBytes(straight.file());
        long end = straight.report().history().getLast().iterations();

        FolderCheckpoints checkpoints = new FolderCheckpoints(scratch);
        // In the middle of an epoch, after a validation without gain, and when the decision has just been taken.
        for (long stopAfter : new long[] {1, end - 3, end}) {
            AtomicLong done = new AtomicLong();
            Trainer stopped = new Trainer(
                    scratch, checkpoints, progress -> done.set(progress.iteration()), () -> done.get() == stopAfter);
            assertThatThrownBy(() -> stopped.train(standstill(3))).isInstanceOf(TrainingStoppedException.class);
        }
        List<Long> iterations = new ArrayList<>();
        TrainedModel resumed = new Trainer(
                        scratch, checkpoints, progress -> iterations.add(progress.iteration()), () -> false)
                .train(standstill(3));

        assertThat(iterations).isEmpty();
        assertThat(Files.readAllBytes(resumed.file())).isEqualTo(bytes);
        assertThat(resumed.report().stoppedEarly()).isTrue();
        assertThat(resumed.report().history()).isEqualTo(straight.report().history());
    }

    @Test
    void refusesEarlyStoppingWithoutValidationFrames() {
        assertRefused(
                TrainingJobs.job(TrainingJobs.patient(TrainingJobs.parameters(2, 2, 1e-3), 1, 1), FOUR),
                Reason.InvalidDataset,
                "validation split has no labeled frame");
    }

    @Test
    void goesOnFromTheModelThatItStartsFrom() throws IOException {
        TrainedModel before =
                train(TrainingJobs.job(TrainingJobs.parameters(1, 4, 1e-3), FOUR), CheckpointStore.none());
        Path start = Files.copy(before.file(), scratch.resolve("start.safetensors"));
        TrainingJob job = TrainingJobs.job(TrainingJobs.parameters(1, 4, 1e-3), FOUR);

        try (TrainingSession session = new TrainingSession(job, 1, Optional.empty())) {
            PretrainedReport report = session.begin(StartingWeights.model(start));

            assertThat(report.missing()).isEmpty();
            assertThat(different(
                            session.checkpoint().weights(),
                            Safetensors.read(before.file()).tensors()))
                    .isEmpty();
        }
        TrainedModel model = train(TrainingJobs.from(StartingWeights.model(start), job), CheckpointStore.none());
        assertThat(model.report().start().orElseThrow().matched()).isNotEmpty();
    }

    @Test
    void refusesToGoOnFromAModelOfAnotherBackbone() throws IOException {
        TrainedModel before =
                train(TrainingJobs.job(TrainingJobs.parameters(1, 4, 1e-3), FOUR), CheckpointStore.none());
        Path start = Files.copy(before.file(), scratch.resolve("start.safetensors"));
        TrainParameters other = TrainParametersBuilder.builder(TrainingJobs.parameters(1, 4, 1e-3))
                .backbone(Backbone.EfficientNetLite0)
                .build();

        assertRefused(
                TrainingJobs.from(StartingWeights.model(start), TrainingJobs.job(other, FOUR)),
                Reason.InvalidWeights,
                "its architecture is 'deeplabv3plus-mobilenetv2', expected 'deeplabv3plus-efficientnetlite0'");
    }

    @Test
    void refusesToGoOnFromAModelOfOtherClasses() throws IOException {
        TrainedModel before =
                train(TrainingJobs.job(TrainingJobs.parameters(1, 4, 1e-3), FOUR), CheckpointStore.none());
        Path start = scratch.resolve("start.safetensors");
        TensorFile content = Safetensors.read(before.file());
        new ModelFile(Architecture.MOBILENET_V2, List.of("red", "green"), StripedFrames.SIZE)
                .write(start, content.tensors());

        assertRefused(
                TrainingJobs.from(
                        StartingWeights.model(start), TrainingJobs.job(TrainingJobs.parameters(1, 4, 1e-3), FOUR)),
                Reason.InvalidWeights,
                "2 classes");
    }

    @Test
    void withoutAFrameItLeavesTheNetworkItBeganWith() throws IOException {
        TrainingJob job = TrainingJobs.job(TrainingJobs.parameters(1, 2, 1e-3), TrainingSet.empty());
        byte[] first = Files.readAllBytes(train(job, CheckpointStore.none()).file());
        assertThat(Files.readAllBytes(train(job, CheckpointStore.none()).file()))
                .isEqualTo(first);
    }

    /** One class: every validation is perfect, so that none after the first is better, on any machine. */
    private static TrainingJob standstill(int patience) {
        TrainingSet frames = FOUR.relabeled(StripedFrames.constant(0));
        return new TrainingJob(
                List.of("all"),
                StripedFrames.SIZE,
                TrainingJobs.patient(TrainingJobs.parameters(40, 2, 1e-3), 1, patience),
                Optional.empty(),
                11,
                frames,
                frames,
                TrainingSet.empty());
    }

    /** Names of tensors that are in one and not, or not with the same bits, in the other. */
    private static Set<String> different(Map<String, Tensor> a, Map<String, Tensor> b) {
        Set<String> names = new TreeSet<>(a.keySet());
        names.addAll(b.keySet());
        names.removeIf(name -> a.containsKey(name)
                && b.containsKey(name)
                && Arrays.equals(a.get(name).values(), b.get(name).values()));
        return names;
    }

    private TrainedModel train(TrainingJob job, CheckpointStore checkpoints) throws IOException {
        return new Trainer(scratch, checkpoints, progress -> {}, () -> false).train(job);
    }

    private void assertRefused(TrainingJob job, Reason reason, String message) {
        assertThatThrownBy(() -> train(job, CheckpointStore.none()))
                .isInstanceOfSatisfying(
                        InvalidInputException.class, e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessageContaining(message);
    }
}
