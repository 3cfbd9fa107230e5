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
import io.viewal.worker.cli.SceneFoldersOption.Given;
import io.viewal.worker.dataset.PreparedScene;
import io.viewal.worker.dataset.prepare.SceneFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Scores the frames of scenes by predictions that any model made. */
@Command(
        name = "score",
        description = {
            "Score the regions of scenes by class probabilities: of 'viewal predict', or of a model of your own.",
            "Writes view-entropy/<frame>.npy and view-divergence/<frame>.npy (float32 [height, width], bits),",
            "superpixel-scores.csv (frame,superpixel,pixels,score,divergence), and what 'viewal select' needs beside it;",
            "of several scenes, into a folder <scene> for each."
        })
final class ScoreCommand implements Callable<Integer> {

    @Mixin
    private SceneFoldersOption scenes = new SceneFoldersOption();

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
        checkOptions();
        double threshold =
                distanceThreshold == null ? ScoreParameters.defaultDistanceThreshold(mode) : distanceThreshold;
        SceneScorer scorer = new SceneScorer(named, mode == Mode.reference, threshold, options.round());
        List<Given> given = scenes.scenes();
        // All are looked at before the first is scored.
        List<FramePredictions> predictions = new ArrayList<>();
        for (Given scene : given) {
            requireNoScene(scene.in(out));
            predictions.add(
                    new FramePredictions(scene.in(probabilities), scene.folder().frameNames()));
        }
        PrintWriter text = spec.commandLine().getOut();
        for (int i = 0; i < given.size(); i++) {
            Given scene = given.get(i);
            int regions = score(scene, predictions.get(i), scorer);
            text.printf(
                    Locale.ROOT,
                    "%d frames, %d regions scored by %s in %s%n",
                    scene.folder().frameNames().size(),
                    regions,
                    strategy,
                    scene.in(out));
            text.flush();
        }
        return 0;
    }

    private int score(Given given, FramePredictions predictions, SceneScorer scorer) throws IOException {
        Path target = Files.createDirectories(given.in(out));
        try (ScratchFolder scratch = ScratchFolder.createIn(target)) {
            PreparedScene scene = given.folder()
                    .open(
                            predictions.size(),
                            Optional.ofNullable(superpixels).map(given::in).map(RegionMaps::new),
                            superpixelCount,
                            scratch.path().resolve("scene"));
            try (ProbabilityVolume volume = predictions.read(scratch.path().resolve("probabilities"))) {
                List<float[]> features = options.features(scorer.strategy(), scene, given);
                SceneInputs inputs = options.inputs(scorer.strategy(), scene, volume, given);
                // All input is read: only now may scores of before go.
                Files.deleteIfExists(target.resolve(ScoredScene.FILE));
                ScoreFiles files = new ScoreFiles(target, scene, scorer, heatMaps);
                files.features(features);
                return files.write(inputs);
            }
        }
    }

    private void checkOptions() {
        if (distanceThreshold != null && (!(distanceThreshold > 0) || Double.isInfinite(distanceThreshold))) {
            throw new InvalidInputException(
                    Reason.InvalidRequest,
                    "--distance-threshold is " + distanceThreshold + ", expected a positive number of metres");
        }
        if (superpixelCount < 1 || superpixelCount > Character.MAX_VALUE) {
            throw new InvalidInputException(
                    Reason.InvalidRequest,
                    "--superpixel-count is " + superpixelCount + ", expected 1 to " + (int) Character.MAX_VALUE);
        }
    }

    /** A scene's folder has files of the names that scores have. */
    private static void requireNoScene(Path folder) {
        if (SceneFolder.holdsScene(folder)) {
            throw new InvalidInputException(
                    Reason.InvalidRequest, "--out '" + folder + "' is the folder of a scene: give another one");
        }
    }
}
