package io.viewal.worker.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viewal.contract.StageFailure.Reason;
import io.viewal.contract.TrainParameters;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.VoidLabel;
import io.viewal.worker.model.weights.Safetensors;
import io.viewal.worker.model.weights.TensorFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {

    private static final StripedFrames FOUR = new StripedFrames(4, 0);

    @TempDir
    Path scratch;

    @Test
    void learnsFewFramesAndFindsThemAgain() throws IOException {
        TrainingJob job = TrainingJobs.job(
                TrainingJobs.parameters(30, 4, 3e-3), FOUR, new StripedFrames(3, 1), new StripedFrames(2, 2));

        TrainedModel model = train(job, CheckpointStore.none());

        List<TrainingReport.EpochRow> history = model.report().history();
        assertThat(history).hasSize(30);
        assertThat(history.getLast().loss()).isLessThan(0.5 * history.getFirst().loss());
        assertThat(model.report().validation().orElseThrow().meanIoU()).isGreaterThan(0.7);
        assertThat(model.report().test().orElseThrow().accuracy()).isGreaterThan(0.8);
        assertThat(history.get(model.report().bestEpoch() - 1).validationMeanIoU())
                .isEqualTo(model.report().validation().orElseThrow().meanIoU());
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
    void endsWhenValidationsBringNoGainAndKeepsTheBestWeights() throws IOException {
        TrainParameters parameters = TrainingJobs.patient(TrainingJobs.parameters(40, 4, 3e-3), 2, 1);
        TrainingJob job = TrainingJobs.job(parameters, FOUR, new StripedFrames(3, 1), TrainingSet.empty());
        TrainedModel model = train(job, CheckpointStore.none());

        List<TrainingReport.EpochRow> history = model.report().history();
        assertThat(history).hasSizeLessThan(40);
        assertThat(model.report().bestEpoch()).isEqualTo(history.size() - parameters.validateEvery());
        assertThat(history.getLast().validationMeanIoU())
                .isLessThanOrEqualTo(model.report().validation().orElseThrow().meanIoU());

        FolderCheckpoints checkpoints = new FolderCheckpoints(scratch);
        int beforeTheEnd = history.size() - 1;
        AtomicLong done = new AtomicLong();
        Trainer stopped = new Trainer(
                scratch, checkpoints, progress -> done.set(progress.iteration()), () -> done.get() == beforeTheEnd);
        byte[] straight = Files.readAllBytes(model.file());
        assertThatThrownBy(() -> stopped.train(job)).isInstanceOf(TrainingStoppedException.class);
        assertThat(Files.readAllBytes(train(job, checkpoints).file())).isEqualTo(straight);
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

        List<TrainingReport.EpochRow> history = model.report().history();
        assertThat(model.report().stoppedEarly()).isTrue();
        assertThat(history).hasSize(model.report().bestEpoch() + 2).hasSizeLessThan(40);
        assertThat(history.subList(model.report().bestEpoch(), history.size()))
                .allSatisfy(row -> assertThat(row.validationMeanIoU())
                        .isLessThanOrEqualTo(
                                history.get(model.report().bestEpoch() - 1).validationMeanIoU()));
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
        TrainedModel before = train(
                TrainingJobs.job(
                        TrainingJobs.parameters(30, 4, 3e-3), FOUR, new StripedFrames(3, 1), TrainingSet.empty()),
                CheckpointStore.none());
        double learned = before.report().history().getLast().loss();
        double anew = before.report().history().getFirst().loss();
        Path start = Files.copy(before.file(), scratch.resolve("start.safetensors"));
        TrainingJob job = TrainingJobs.job(TrainingJobs.parameters(1, 4, 1e-9), FOUR);

        TrainedModel model = train(TrainingJobs.from(StartingWeights.model(start), job), CheckpointStore.none());

        assertThat(model.report().history().getFirst().loss()).isLessThan((learned + anew) / 2);
        assertThat(model.report().start().orElseThrow().missing()).isEmpty();
        assertThat(model.report().start().orElseThrow().matched()).isNotEmpty();
    }

    @Test
    void refusesToGoOnFromAModelOfOtherClasses() throws IOException {
        TrainedModel before =
                train(TrainingJobs.job(TrainingJobs.parameters(1, 4, 1e-3), FOUR), CheckpointStore.none());
        Path start = scratch.resolve("start.safetensors");
        TensorFile content = Safetensors.read(before.file());
        new ModelFile(List.of("red", "green"), StripedFrames.SIZE).write(start, content.tensors());

        assertRefused(
                TrainingJobs.from(
                        StartingWeights.model(start), TrainingJobs.job(TrainingJobs.parameters(1, 4, 1e-3), FOUR)),
                Reason.InvalidWeights,
                "2 classes");
    }

    @Test
    void refusesTrainingSetsWithoutFrames() {
        assertRefused(
                TrainingJobs.job(TrainingJobs.parameters(1, 2, 1e-3), TrainingSet.empty()),
                Reason.InvalidDataset,
                "in 0 frames");
    }

    /** A training whose rate is so small that nothing changes for long. */
    private static TrainingJob standstill(int patience) {
        return TrainingJobs.job(
                TrainingJobs.patient(TrainingJobs.parameters(40, 2, 1e-9), 1, patience),
                FOUR,
                new StripedFrames(2, 1),
                TrainingSet.empty());
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
