package io.viewal.worker.cli;

import io.viewal.contract.ExitCode;
import io.viewal.contract.PrepareParameters;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.contract.TrainParameters;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.Split;
import io.viewal.worker.model.Metrics;
import io.viewal.worker.model.StartingWeights;
import io.viewal.worker.model.TrainedModel;
import io.viewal.worker.model.Trainer;
import io.viewal.worker.model.TrainingJob;
import io.viewal.worker.model.TrainingProgress;
import io.viewal.worker.model.TrainingReport;
import io.viewal.worker.model.TrainingStoppedException;
import io.viewal.worker.stage.DatasetScenes;
import io.viewal.worker.stage.SceneFrames;
import io.viewal.worker.stage.TrainingFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a network on labels in files. */
@Command(
        name = "train",
        modelTransformer = TrainingOptions.class,
        sortOptions = false,
        description =
                "Train DeepLabv3+ on the labels of some frames, as a round's training does. Writes model.safetensors, "
                        + "history.csv (loss and validation by epoch) and metrics.json (figures and confusion matrices). A "
                        + "training that was ended with Ctrl-C goes on from its checkpoint with the same command.")
final class TrainCommand implements Callable<Integer> {

    private static final String CHECKPOINT = "checkpoint.safetensors";

    @Mixin
    private DatasetOption dataset = new DatasetOption();

    @Option(
            names = "--labels",
            required = true,
            paramLabel = "LABELS",
            description =
                    "label-set.zip of a round; a folder with <scene>/<frame>.png at the data set's size, 8-bit grey "
                            + "class ids, 255 = none; seed: the frames that are labeled before a data set's first round; all: all "
                            + "frames of the train split.")
    private String labels;

    @Option(
            names = "--seed-frames",
            paramLabel = "N",
            description =
                    "Of scenes with a transforms.json: how many frames --labels seed has (default: 1.5%% of the train "
                            + "split, at least one).")
    private Integer seedFrames;

    @Option(
            names = "--pretrained",
            paramLabel = "FILE",
            description =
                    "Weights to begin with, .safetensors or .pth: a state dict of the backbone or of the whole network "
                            + "(default: random weights).")
    private Path pretrained;

    @Option(
            names = "--start-model",
            paramLabel = "FILE",
            description = "model.safetensors of the same classes to begin with, as training.start PreviousRound does.")
    private Path startModel;

    @Option(
            names = "--seed",
            defaultValue = "0",
            description =
                    "What initial weights, order, augmentation and dropout are drawn from (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Where the files go; a new or an empty folder, or that of the same training, unfinished.")
    private Path out;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        TrainParameters parameters = TrainingOptions.of(spec);
        if (pretrained != null && startModel != null) {
            throw invalid("--pretrained and --start-model both give weights to begin with: leave one out");
        }
        if (seedFrames != null && seedFrames < 1) {
            throw invalid("--seed-frames is " + seedFrames + ", expected 1 or more");
        }
        OutputFolder output = OutputFolder.begin(out);
        UnfinishedTraining begun = UnfinishedTraining.of(output.partial(), spec);
        begun.requireSameOptions();
        TrainingJob job = job(
                output, parameters, start(), new ProgressLine(spec.commandLine().getOut()));
        begun.note();
        StopSignal stop = StopSignal.install();
        try {
            train(output, job, stop);
            return ExitCode.OK;
        } catch (TrainingStoppedException e) {
            spec.commandLine().getErr().println("viewal: " + e.getMessage() + ", the same command goes on from there");
            spec.commandLine().getErr().flush();
            return ExitCode.TERMINATED;
        } finally {
            stop.finish();
        }
    }

    private void train(OutputFolder output, TrainingJob job, StopSignal stop) throws IOException {
        PrintWriter text = spec.commandLine().getOut();
        ProgressLine progress = new ProgressLine(text);
        text.printf(
                "%d frames with labels train, %d validate, %d test; %d classes, %s pixels; begins with %s%n",
                job.training().size(),
                job.validation().size(),
                job.test().size(),
                job.classes().size(),
                job.size(),
                job.start().map(start -> start.file().toString()).orElse("random weights"));
        text.flush();
        Trainer trainer = new Trainer(
                Files.createDirectories(output.partial().resolve("work")),
                new FolderCheckpoints(output.partial().resolve(CHECKPOINT)),
                done -> show(progress, done),
                stop);
        TrainedModel model = trainer.train(job);
        write(output, new TrainingFiles(job, model));
        summary(text, model.report());
    }

    private TrainingJob job(
            OutputFolder output, TrainParameters parameters, Optional<StartingWeights> start, ProgressLine progress)
            throws IOException {
        DatasetScenes scenes = dataset.open(
                Optional.empty(),
                new PrepareParameters.SeedSet(0, seedFrames == null ? 0 : seedFrames, 0),
                output.partial().resolve("scenes"),
                (scene, done, frames) -> progress.show("prepare", done, frames, "frames", "scene " + scene));
        return new TrainingJob(
                scenes.classes(),
                scenes.size(),
                parameters,
                start,
                seed,
                TrainingLabels.of(labels, scenes),
                SceneFrames.of(scenes, Split.VALIDATION),
                SceneFrames.of(scenes, Split.TEST));
    }

    private Optional<StartingWeights> start() throws IOException {
        if (startModel != null) {
            return Optional.of(StartingWeights.model(startModel));
        }
        return pretrained == null ? Optional.empty() : Optional.of(StartingWeights.pretrained(pretrained));
    }

    private static void show(ProgressLine progress, TrainingProgress p) {
        progress.show(
                "train",
                p.iteration(),
                p.iterations(),
                "iterations",
                String.format(Locale.ROOT, "epoch %d of %d, loss %.3f", p.epoch(), p.epochs(), p.loss()));
    }

    private static void write(OutputFolder output, TrainingFiles files) throws IOException {
        Path history = output.partial().resolve(TrainingFiles.HISTORY);
        Path metrics = output.partial().resolve(TrainingFiles.METRICS);
        Path model = output.partial().resolve(TrainingFiles.MODEL);
        Files.write(history, files.history());
        Files.write(metrics, files.metrics());
        Files.move(files.model().file(), model, StandardCopyOption.REPLACE_EXISTING);
        output.finish(List.of(history, metrics, model));
    }

    private void summary(PrintWriter text, TrainingReport report) {
        text.printf(
                Locale.ROOT,
                "%d epochs on %s in %.1f s, kept epoch %d%s%n",
                report.history().size(),
                report.device(),
                report.seconds(),
                report.bestEpoch(),
                report.stoppedEarly() ? ", stopped early" : "");
        report.start().ifPresent(start -> text.println("weights to begin with: " + start));
        figures(text, Split.VALIDATION, report.validation());
        figures(text, Split.TEST, report.test());
        text.println(out.resolve(TrainingFiles.MODEL));
        text.flush();
    }

    private static void figures(PrintWriter text, Split split, Optional<Metrics> metrics) {
        metrics.ifPresent(m -> text.printf(
                Locale.ROOT,
                "%-11s mean IoU %6.2f %%, accuracy %6.2f %%%n",
                split.key(),
                100 * m.meanIoU(),
                100 * m.accuracy()));
    }

    private static InvalidInputException invalid(String sentence) {
        return new InvalidInputException(Reason.InvalidRequest, sentence);
    }
}
