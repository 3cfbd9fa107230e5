package io.viewal.worker.cli;

import io.viewal.contract.ScoreParameters.Dropout;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.acquisition.Seeds;
import io.viewal.worker.cli.SceneFoldersOption.Given;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.prepare.SceneFolder;
import io.viewal.worker.model.Predictor;
import io.viewal.worker.npy.NpyFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Predicts the frames of scenes with a trained network. */
@Command(
        name = "predict",
        description =
                "Predict the frames of scenes: <frame>.npy each, float32 [classes, height, width], the numbers of a "
                        + "pixel summing to one. 'viewal score' takes them with --probabilities.")
final class PredictCommand implements Callable<Integer> {

    private static final int MOST_PASSES = 1000;

    @Option(
            names = "--model",
            required = true,
            paramLabel = "FILE",
            description = "model.safetensors of 'viewal train' or of a round.")
    private Path model;

    @Mixin
    private SceneFoldersOption scenes = new SceneFoldersOption();

    @Option(
            names = "--passes",
            defaultValue = "1",
            paramLabel = "N",
            description = "1: one pass without dropout. More: the mean of so many passes with dropout, as rounds score "
                    + "with scoring.passes, 20 unless they say otherwise (default: ${DEFAULT-VALUE}).")
    private int passes;

    @Option(
            names = "--dropout",
            defaultValue = "Backbone",
            paramLabel = "WHERE",
            description = "What the passes drop: ${COMPLETION-CANDIDATES}, as scoring.dropout of a round (default: "
                    + "${DEFAULT-VALUE}).")
    private Dropout dropout;

    @Option(
            names = "--seed",
            defaultValue = "0",
            description =
                    "What the dropout is drawn from, with the names of scene and frame (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Where the predictions go; a new or an empty folder.")
    private Path out;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (passes < 1 || passes > MOST_PASSES) {
            throw new InvalidInputException(
                    Reason.InvalidRequest, "--passes is " + passes + ", expected 1 to " + MOST_PASSES);
        }
        List<Given> given = scenes.scenes();
        OutputFolder output = OutputFolder.begin(out);
        PrintWriter text = spec.commandLine().getOut();
        int frames = 0;
        try (Predictor predictor = Predictor.load(model, dropout)) {
            output.emptied();
            for (Given scene : given) {
                frames += predict(predictor, scene, scene.in(output.partial()), new ProgressLine(text));
            }
            output.finish();
            text.printf(
                    Locale.ROOT,
                    "%d frames of %d classes and %s pixels in %s%n",
                    frames,
                    predictor.classes().size(),
                    predictor.size(),
                    out);
        }
        text.flush();
        return 0;
    }

    private int predict(Predictor predictor, Given scene, Path folder, ProgressLine progress) throws IOException {
        ImageSize size = predictor.size();
        List<String> frames = scene.folder().frameNames();
        SceneFolder.Colors colors = scene.folder().colors(size);
        Files.createDirectories(folder);
        for (int frame = 0; frame < frames.size(); frame++) {
            String name = frames.get(frame);
            float[] probabilities =
                    predictor.probabilities(colors.of(frame), passes, Seeds.of(seed, scene.name(), name));
            NpyFile.write(
                    folder.resolve(name + ".npy"),
                    probabilities,
                    predictor.classes().size(),
                    size.height(),
                    size.width());
            progress.show(scene.name(), frame + 1, frames.size(), "frames", name);
        }
        return frames.size();
    }
}
