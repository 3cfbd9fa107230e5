package io.viewal.worker.cli;

import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.acquisition.AcquisitionStrategy;
import io.viewal.worker.acquisition.Need;
import io.viewal.worker.acquisition.ProbabilityVolume;
import io.viewal.worker.acquisition.SceneInputs;
import io.viewal.worker.acquisition.SceneView;
import io.viewal.worker.artifact.RegionNamesCsv;
import io.viewal.worker.cli.SceneFoldersOption.Given;
import io.viewal.worker.dataset.Frame;
import io.viewal.worker.dataset.Scene;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;
import picocli.CommandLine.Option;

/** What single strategies need beside the probabilities. */
final class StrategyOptions {

    @Option(
            names = "--votes",
            paramLabel = "DIR",
            description = "For strategies that compare votes: folder with <frame>.npy for each frame, uint8 "
                    + "[passes, height, width], the class that each dropout pass found.")
    private Path votes;

    @Option(
            names = "--features",
            paramLabel = "DIR",
            description = "For strategies that compare features: folder with <frame>.npy for each frame, float16 or "
                    + "float32 [features].")
    private Path features;

    @Option(
            names = "--classes",
            split = ",",
            paramLabel = "NAME",
            description = "For strategies that know classes by name: the names in id order, separated by commas.")
    private List<String> classes = List.of();

    @Option(
            names = "--already-labeled",
            paramLabel = "FILE",
            description =
                    "For strategies of windows: CSV with the columns scene,frame,superpixel of regions that count "
                            + "as labeled, or a label-set.zip. May be given more than once.")
    private List<Path> labeledFiles = List.of();

    @Option(names = "--seed", defaultValue = "0", description = "For strategies that draw (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--round",
            defaultValue = "0",
            paramLabel = "N",
            description =
                    "For strategies that change from round to round: how many rounds have labeled before, the seed "
                            + "set aside (default: ${DEFAULT-VALUE}, the first round).")
    private int round;

    /**
     * The round that scores.
     *
     * @throws InvalidInputException when its number is negative
     */
    SceneView.Round round() {
        if (round < 0) {
            throw new InvalidInputException(
                    Reason.InvalidRequest,
                    "--round is " + round + ": expected how many rounds have labeled before, 0 or more");
        }
        return new SceneView.Round(classes, seed, round);
    }

    /**
     * What the strategy may look at.
     *
     * @param given which scene of those that are given it is
     * @throws InvalidInputException when something that it needs is not given
     */
    SceneInputs inputs(AcquisitionStrategy strategy, Scene scene, ProbabilityVolume volume, Given given)
            throws IOException {
        requireClasses(volume);
        List<RegionNamesCsv.Row> labeled = labeled(scene);
        return new SceneInputs(volume, voteEntropy(strategy, scene, volume, given), frame -> {
            BitSet pixels = new BitSet();
            for (RegionNamesCsv.Row row : labeled) {
                if (row.frame().equals(scene.frames().get(frame).name())) {
                    pixels.or(row.region().pixels(scene.superpixels(frame), scene.size()));
                }
            }
            return pixels;
        });
    }

    /** The features of the scene's frames, or none when the strategy does not compare them. */
    List<float[]> features(AcquisitionStrategy strategy, Scene scene, Given given) throws IOException {
        if (!strategy.needs().contains(Need.FEATURES)) {
            return List.of();
        }
        require(
                features,
                strategy,
                "features of the frames",
                "--features DIR with <frame>.npy, float16 or float32 [features]");
        List<float[]> vectors = new ArrayList<>();
        for (Frame frame : scene.frames()) {
            vectors.add(FrameArrays.features(given.in(features), frame.name()));
            FrameArrays.requireLength(vectors.getFirst().length, vectors.getLast().length, frame.name());
        }
        return vectors;
    }

    private IntFunction<float[]> voteEntropy(
            AcquisitionStrategy strategy, Scene scene, ProbabilityVolume volume, Given given) throws IOException {
        if (!strategy.needs().contains(Need.VOTES)) {
            return null;
        }
        require(
                votes,
                strategy,
                "the votes of dropout passes",
                "--votes DIR with <frame>.npy, uint8 [passes, height, width]");
        List<float[]> maps = new ArrayList<>();
        for (Frame frame : scene.frames()) {
            maps.add(FrameArrays.voteEntropy(given.in(votes), frame.name(), scene.size(), volume.classes()));
        }
        return maps::get;
    }

    private void requireClasses(ProbabilityVolume volume) {
        if (!classes.isEmpty() && classes.size() != volume.classes()) {
            throw new InvalidInputException(
                    Reason.InvalidRequest,
                    "--classes names " + classes.size() + " classes and the probabilities are of " + volume.classes());
        }
    }

    private List<RegionNamesCsv.Row> labeled(Scene scene) throws IOException {
        List<String> frames = scene.frames().stream().map(Frame::name).toList();
        List<RegionNamesCsv.Row> labeled = new ArrayList<>();
        for (Path file : labeledFiles) {
            for (RegionNamesCsv.Row row : LabeledRegions.read(file, scene.size())) {
                if (row.scene().equals(scene.name())) {
                    LabeledRegions.requireFrame(file, row, frames);
                    labeled.add(row);
                }
            }
        }
        return labeled;
    }

    private static void require(Path given, AcquisitionStrategy strategy, String what, String how) {
        if (given == null) {
            throw new InvalidInputException(
                    Reason.InvalidRequest,
                    "The strategy " + strategy.name() + " compares " + what + ", which probabilities do not tell: give "
                            + how);
        }
    }
}
