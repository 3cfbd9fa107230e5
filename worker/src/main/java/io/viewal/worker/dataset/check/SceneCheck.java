package io.viewal.worker.dataset.check;

import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.SourceFrame;
import io.viewal.worker.dataset.SourceScene;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Compares the views of a scene with each other and, where they do not agree, looks for the fault whose correction makes
 * them agree. Made to spare good scenes: a fault is named only when the scene as it is agrees badly and its correction
 * makes it agree well.
 */
public final class SceneCheck {

    /** Above this nothing is looked for, and a correction must reach it. */
    private static final double GOOD = 0.88;
    /** A correction must leave at most this share of the disagreement. */
    private static final double REMAINDER = 0.5;
    /** Below this a scene is refused even when nothing explains it. */
    private static final double BAD = 0.5;

    private static final double MOST_ALONE = 0.5;
    private static final int FEWEST_POINTS = 300;
    private static final int FEWEST_PAIRS = 2;
    /** So few pairs may disagree for poor poses alone. */
    private static final int MANY_PAIRS = 10;

    /** Unusual depth scales are searched in coarse steps, then in fine ones. */
    private static final double WIDEST_SCALE = 30;

    private static final double COARSE = 0.04;
    private static final double FINE = 0.01;
    /** Logarithm of the least scale, 1.2, that is taken for a wrong unit and not for poor poses. */
    private static final double ODD = Math.log(1.2);

    private SceneCheck() {}

    /** Reads a frame of a scene. */
    @FunctionalInterface
    public interface FrameReader {

        /** The frame at a given size; its labels and superpixels are not looked at. */
        SourceFrame read(int frame) throws IOException;
    }

    /**
     * Checks a scene.
     *
     * @param size that its frames are read at
     * @throws io.viewal.worker.InvalidInputException when a frame is wrong
     */
    public static SceneFinding check(SourceScene scene, ImageSize size) throws IOException {
        return check(scene.name(), scene.frameNames().size(), size, scene::read);
    }

    /**
     * Checks a scene of which some frames are read, on all cores.
     *
     * @param frames number of frames of the scene
     * @param size of the frames that are read
     * @throws io.viewal.worker.InvalidInputException when a frame is wrong
     */
    public static SceneFinding check(String scene, int frames, ImageSize size, FrameReader reader) throws IOException {
        return check(scene, SceneViews.read(frames, size, reader));
    }

    private static SceneFinding check(String scene, List<View> views) {
        Agreement asIs = AgreementMeter.measure(views);
        boolean alone = asIs.partnered() < 1 - MOST_ALONE;
        if (asIs.score() >= GOOD && !alone) {
            return new SceneFinding(scene, views.size(), Fault.NONE, asIs, null, null, null);
        }
        Optional<Trial> explanation = best(views, asIs);
        if (explanation.isPresent()) {
            Hypothesis found = explanation.get().hypothesis();
            Agreement corrected = explanation.get().agreement();
            return new SceneFinding(scene, views.size(), found.fault(), asIs, corrected, found.problem(), found.fix());
        }
        if (alone) {
            return lonely(scene, views, asIs);
        }
        return asIs.score() < BAD && asIs.pairs() >= MANY_PAIRS
                ? unexplained(scene, views, asIs)
                : new SceneFinding(scene, views.size(), Fault.NONE, asIs, null, null, null);
    }

    private static SceneFinding unexplained(String scene, List<View> views, Agreement asIs) {
        return new SceneFinding(
                scene,
                views.size(),
                Fault.UNKNOWN,
                asIs,
                null,
                "the views do not agree, and no known correction helps",
                "compare poses, depth unit and intrinsics of some frames with their source");
    }

    private static SceneFinding lonely(String scene, List<View> views, Agreement asIs) {
        int alone = (int) Math.round((1 - asIs.partnered()) * views.size());
        return new SceneFinding(
                scene,
                views.size(),
                Fault.TOO_FEW_OVERLAPS,
                asIs,
                null,
                alone + " of " + views.size() + " frames see nothing that another frame sees",
                "add frames between them, or check that all poses have one origin");
    }

    private static boolean explains(Agreement corrected, Agreement asIs) {
        return corrected.score() >= GOOD
                && 1 - corrected.score() <= REMAINDER * (1 - asIs.score())
                && corrected.partnered() >= 1 - MOST_ALONE
                && corrected.pairs() >= FEWEST_PAIRS
                && corrected.points() >= FEWEST_POINTS;
    }

    private static Optional<Trial> best(List<View> views, Agreement asIs) {
        List<Trial> trials = Hypotheses.all().parallelStream()
                .map(hypothesis -> new Trial(hypothesis, hypothesis.agreement(views)))
                .toList();
        Optional<Trial> best = trials.stream()
                .reduce((a, b) -> b.agreement().score() > a.agreement().score() ? b : a)
                .filter(trial -> explains(trial.agreement(), asIs));
        return best.isPresent() ? best : oddScale(views, asIs);
    }

    /**
     * A scale that no usual unit explains. With a number to choose freely, poor poses of a few views can always be made
     * to agree better, so that many pairs and a scale far from 1 are asked for.
     */
    private static Optional<Trial> oddScale(List<View> views, Agreement asIs) {
        int steps = (int) Math.ceil(Math.log(WIDEST_SCALE) / COARSE);
        double coarse = bestScale(views, 1, COARSE, steps);
        double fine = bestScale(views, coarse, FINE, (int) Math.round(COARSE / FINE));
        Hypothesis hypothesis = Hypotheses.depthScale(fine);
        return Optional.of(new Trial(hypothesis, hypothesis.agreement(views)))
                .filter(trial -> Math.abs(Math.log(fine)) >= ODD
                        && trial.agreement().pairs() >= MANY_PAIRS
                        && explains(trial.agreement(), asIs));
    }

    /** The best of the factors {@code around · exp(i · step)}, |i| ≤ {@code steps}. */
    private static double bestScale(List<View> views, double around, double step, int steps) {
        double[] factors = IntStream.rangeClosed(-steps, steps)
                .mapToDouble(i -> around * Math.exp(i * step))
                .toArray();
        double[] scores = Arrays.stream(factors)
                .parallel()
                .map(factor -> Hypotheses.depthScale(factor).agreement(views).score())
                .toArray();
        return factors[
                IntStream.range(0, scores.length)
                        .reduce((a, b) -> scores[b] > scores[a] ? b : a)
                        .orElseThrow()];
    }

    private record Trial(Hypothesis hypothesis, Agreement agreement) {}
}
