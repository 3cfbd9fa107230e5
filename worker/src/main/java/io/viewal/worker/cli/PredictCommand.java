package io.viewal.worker.cli;

import io.viewal.contract.ScoreParameters.Dropout;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.acquisition.Seeds;
import io.viewal.worker.cli.SceneFoldersOption.Given;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.prepare.SceneFolder;
import io.viewal.worker.model.NetworkFile;
import io.viewal.worker.model.Predictor;
import io.viewal.worker.npy.NpyFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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

    @Mixin
    private ModelOption model = new ModelOption();

    @Mixin
    private SceneFoldersOption scenes = new SceneFoldersOption();

    @Option(
            names = "--width",
            paramLabel = "PIXELS",
            description =
                    "Of a state dict and scenes with a transforms.json: the width to bring frames to (default: 320); a "
                            + "model of a training and a prepared scene have their own.")
    private Integer width;

    @Option(names = "--height", paramLabel = "PIXELS", description = "Likewise the height (default: 240).")
    private Integer height;

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
        NetworkFile network = model.open();
        PrintWriter text = spec.commandLine().getOut();
        int frames = 0;
        try (Predictor predictor = model.predictor(network, size(network, given), dropout)) {
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

    /** The model's size, otherwise that of the first prepared scene, otherwise what is asked for. */
    private ImageSize size(NetworkFile network, List<Given> given) {
        ImageSize asked = DatasetOption.size(Optional.ofNullable(width), Optional.ofNullable(height));
        ImageSize size = network.size()
                .or(() -> given.stream()
                        .flatMap(scene -> scene.folder().size().stream())
                        .findFirst())
                .orElse(asked);
        if (width != null && width != size.width() || height != null && height != size.height()) {
            throw new InvalidInputException(
                    Reason.InvalidRequest,
                    "--width and --height are " + asked + ", and the model or the prepared scene has " + size
                            + ": leave them out");
        }
        return size;
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
