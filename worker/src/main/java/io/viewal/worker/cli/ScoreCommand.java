package io.viewal.worker.cli;

import io.viewal.contract.Mode;
import io.viewal.contract.ScoreParameters;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.acquisition.AcquisitionStrategy;
import io.viewal.worker.acquisition.FramePredictions;
import io.viewal.worker.acquisition.ProbabilityVolume;
import io.viewal.worker.acquisition.SceneInputs;
import io.viewal.worker.acquisition.SceneScorer;
import io.viewal.worker.acquisition.Strategies;
import io.viewal.worker.artifact.ScoredScene;
import io.viewal.worker.dataset.PreparedScene;
import io.viewal.worker.dataset.prepare.SceneFolder;
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

/** Scores the frames of a scene by predictions that any model made. */
@Command(
        name = "score",
        description = {
            "Score the regions of a scene by the class probabilities that a model of your own predicts.",
            "Writes view-entropy/<frame>.npy and view-divergence/<frame>.npy (float32 [height, width], bits),",
            "superpixel-scores.csv (frame,superpixel,pixels,score,divergence), and what 'viewal select' needs beside it."
        })
final class ScoreCommand implements Callable<Integer> {

    @Option(
            names = "--scene",
            required = true,
            paramLabel = "DIR",
            description = "Folder of the scene, with its transforms.json, or its folder in a prepared data set.")
    private Path scene;

    @Option(
            names = "--probabilities",
            required = true,
            paramLabel = "DIR",
            description = "Folder with <frame>.npy for each frame: float16 or float32 [classes, height, width]. "
                    + "The scene is brought to their size.")
    private Path probabilities;

    @Option(
            names = "--strategy",
            defaultValue = "ViewAL",
            paramLabel = "NAME",
            description = "How regions are scored (default: ${DEFAULT-VALUE}).")
    private String strategy;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where the scores go.")
    private Path out;

    @Option(
            names = "--mode",
            defaultValue = "corrected",
            description = "corrected, or reference: as the published code does it, its defects included "
                    + "(default: ${DEFAULT-VALUE}).")
    private Mode mode;

    @Option(
            names = "--distance-threshold",
            paramLabel = "METRES",
            description = "Two views see the same surface when their points are closer than this "
                    + "(default: 0.1, in mode reference 1.0).")
    private Double distanceThreshold;

    @Option(
            names = "--superpixels",
            paramLabel = "DIR",
            description = "Folder with <frame>.npy for each frame: region ids, whole numbers [height, width]. "
                    + "Default: the scene's own, or else SEEDS superpixels.")
    private Path superpixels;

    @Option(
            names = "--superpixel-count",
            defaultValue = "40",
            paramLabel = "N",
            description = "SEEDS superpixels to make of a frame that has none (default: ${DEFAULT-VALUE}).")
    private int superpixelCount;

    @Option(
            names = "--heat-maps",
            description = "Also write heat-maps/<frame>-view-entropy.png and -view-divergence.png, with their scales.")
    private boolean heatMaps;

    @Mixin
    private StrategyOptions options = new StrategyOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        AcquisitionStrategy named = Strategies.named(strategy);
        if (distanceThreshold != null && (!(distanceThreshold > 0) || Double.isInfinite(distanceThreshold))) {
            throw new InvalidInputException(
                    Reason.InvalidRequest,
                    "--distance-threshold is " + distanceThreshold + ", expected a positive number of metres");
        }
        SceneFolder folder = new SceneFolder(scene);
        List<String> frames = folder.frameNames();
        FramePredictions predictions = new FramePredictions(probabilities, frames);
        double threshold =
                distanceThreshold == null ? ScoreParameters.defaultDistanceThreshold(mode) : distanceThreshold;
        SceneScorer scorer = new SceneScorer(named, mode == Mode.reference, threshold, options.round());
        requireNoScene(out);
        if (superpixelCount < 1 || superpixelCount > Character.MAX_VALUE) {
            throw new InvalidInputException(
                    Reason.InvalidRequest,
                    "--superpixel-count is " + superpixelCount + ", expected 1 to " + (int) Character.MAX_VALUE);
        }
        Files.createDirectories(out);
        int regions;
        try (ScratchFolder scratch = ScratchFolder.createIn(out)) {
            PreparedScene opened = folder.open(
                    predictions.size(),
                    Optional.ofNullable(superpixels).map(RegionMaps::new),
                    superpixelCount,
                    scratch.path().resolve("scene"));
            try (ProbabilityVolume volume = predictions.read(scratch.path().resolve("probabilities"))) {
                List<float[]> features = options.features(named, opened);
                SceneInputs inputs = options.inputs(named, opened, volume);
                // All input is read: only now may scores of before go.
                Files.deleteIfExists(out.resolve(ScoredScene.FILE));
                ScoreFiles files = new ScoreFiles(out, opened, scorer, heatMaps);
                files.features(features);
                regions = files.write(inputs);
            }
        }
        PrintWriter text = spec.commandLine().getOut();
        text.printf(Locale.ROOT, "%d frames, %d regions scored by %s in %s%n", frames.size(), regions, strategy, out);
        text.flush();
        return 0;
    }

    /** A scene's folder has files of the names that scores have. */
    private static void requireNoScene(Path out) {
        if (SceneFolder.holdsScene(out)) {
            throw new InvalidInputException(
                    Reason.InvalidRequest, "--out '" + out + "' is the folder of a scene: give another one");
        }
    }
}
