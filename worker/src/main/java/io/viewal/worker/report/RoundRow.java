package io.viewal.worker.report;

import io.viewal.contract.ArtifactRef;
import io.viewal.contract.ExperimentRounds.Round;
import io.viewal.contract.Stage;
import java.util.List;
import java.util.Map;

/**
 * What a round came to.
 *
 * @param round which it was, and how it ended
 * @param figures what is known of it
 * @param device that it was trained on: {@code cpu}, {@code gpu 0}; empty when that is not known
 * @param classes names by id; empty when they are not known
 * @param classIoU float64 [classes] on the test split, 0 to 1, NaN where the class has no pixel; empty when not known
 * @param chosen pixels that it chose, by scene
 */
public record RoundRow(
        Round round,
        Map<Figure, Double> figures,
        String device,
        List<String> classes,
        List<Double> classIoU,
        Map<String, Long> chosen) {

    /** The results that a stage committed, which rounds that ask for the same share; none where it did not. */
    List<ArtifactRef> results(Stage stage) {
        return round.results().getOrDefault(stage, List.of());
    }

    /** A figure; NaN when it is not known. */
    public double get(Figure figure) {
        return figures.getOrDefault(figure, Double.NaN);
    }
}
