package io.viewal.worker.dataset.check;

import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.DepthRange;
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
 * makes it agree well, in colour too. What agrees badly without a known fault is doubtful.
 */
public final class SceneCheck {

    /** Above this nothing is looked for, and a correction must reach it. */
    private static final double GOOD = 0.88;
    /** The same of the correlation of colours; good scenes have 0.82 and more. */
    private static final double GOOD_COLOR = 0.75;
    /** What colour counts against depth when corrections are compared. */
    private static final double COLOR_WEIGHT = 0.5;
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
        boolean few = asIs.points() < FEWEST_POINTS;
        if (asIs.score() >= GOOD && asIs.color() >= GOOD_COLOR && !alone && !few) {
            return new SceneFinding(scene, views.size(), Fault.NONE, asIs, null, null, null);
        }
        Optional<Trial> explanation = best(views, asIs);
        if (explanation.isPresent()) {
            Hypothesis found = explanation.get().hypothesis();
            Agreement corrected = explanation.get().agreement();
            return new SceneFinding(scene, views.size(), found.fault(), asIs, corrected, found.problem(), found.fix());
        }
        return unexplained(scene, views, asIs, alone || few || asIs.pairs() < MANY_PAIRS);
    }

    private static SceneFinding unexplained(String scene, List<View> views, Agreement asIs, boolean incomparable) {
        Optional<String> unit = implausibleUnit(views);
        if (unit.isPresent()) {
            return finding(scene, views, asIs, Fault.DEPTH_SCALE, unit.get(), "compare depth images with their source");
        }
        if (incomparable) {
            return lonely(scene, views, asIs);
        }
        if (asIs.score() < BAD) {
            return finding(
                    scene,
                    views,
                    asIs,
                    Fault.UNKNOWN,
                    "the views do not agree, and no known correction helps",
                    "compare poses, depth unit and intrinsics of some frames with their source");
        }
        boolean colors = asIs.score() >= GOOD;
        return finding(
                scene,
                views,
                asIs,
                Fault.DOUBTFUL,
                colors
                        ? "depth and poses agree and the colours do not, as in no good scene that is known"
                        : "the views agree less than those of good scenes, which reach " + GOOD,
                colors
                        ? "compare some colour images with the depth images of their frames"
                        : "look at it by 'dataset view', and compare poses and intrinsics with their source");
    }

    private static Optional<String> implausibleUnit(List<View> views) {
        DepthRange range = new DepthRange();
        views.forEach(view -> range.add(view.depth()));
        try {
            range.requirePlausible();
            return Optional.empty();
        } catch (InvalidInputException e) {
            return Optional.of(e.getMessage());
        }
    }

    private static SceneFinding finding(
            String scene, List<View> views, Agreement asIs, Fault fault, String problem, String fix) {
        return new SceneFinding(scene, views.size(), fault, asIs, null, problem, fix);
    }

    private static SceneFinding lonely(String scene, List<View> views, Agreement asIs) {
        int alone = (int) Math.round((1 - asIs.partnered()) * views.size());
        return finding(
                scene,
                views,
                asIs,
                Fault.TOO_FEW_OVERLAPS,
                alone > 0
                        ? alone + " of " + views.size() + " frames see nothing that another frame sees"
                        : "only " + asIs.pairs() + " pairs of frames with " + asIs.points()
                                + " points can be compared, too few to tell",
                "add frames between them, or check that all poses have one origin");
    }

    /** What the views say against a correction must be about half at most, in depth or in colour, and colour must like it. */
    private static boolean explains(Agreement corrected, Agreement asIs) {
        boolean geometry = (asIs.score() < GOOD || asIs.partnered() < 1 - MOST_ALONE)
                && 1 - corrected.score() <= REMAINDER * (1 - asIs.score());
        boolean colors = 1 - corrected.color() <= REMAINDER * (1 - asIs.color()) && corrected.color() >= GOOD_COLOR;
        return corrected.score() >= GOOD
                && (geometry || colors)
                && corrected.color() > asIs.color()
                && corrected.partnered() >= 1 - MOST_ALONE
                && corrected.pairs() >= FEWEST_PAIRS
                && corrected.points() >= FEWEST_POINTS;
    }

    private static Optional<Trial> best(List<View> views, Agreement asIs) {
        List<Trial> trials = Hypotheses.all().parallelStream()
                .map(hypothesis -> new Trial(hypothesis, hypothesis.agreement(views)))
                .toList();
        Optional<Trial> best = trials.stream()
                .filter(trial -> explains(trial.agreement(), asIs))
                .reduce((a, b) -> b.rank() > a.rank() ? b : a);
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

    private record Trial(Hypothesis hypothesis, Agreement agreement) {

        /** Two corrections may make depth agree, of which one brings the colours with it. */
        double rank() {
            return agreement.score() + COLOR_WEIGHT * agreement.color();
        }
    }
}
