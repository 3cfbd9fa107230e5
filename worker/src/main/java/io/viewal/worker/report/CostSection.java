package io.viewal.worker.report;

import io.viewal.contract.ArtifactRef;
import io.viewal.contract.Stage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the experiment took: people's time, and machines'. */
final class CostSection {

    private static final Map<Stage, Figure> STAGES = new EnumMap<>(Map.of(
            Stage.TRAIN, Figure.TRAIN_SECONDS,
            Stage.SCORE, Figure.SCORE_SECONDS,
            Stage.SELECT, Figure.SELECT_SECONDS,
            Stage.LABEL, Figure.LABEL_SECONDS));

    private final Analysis analysis;

    CostSection(Analysis analysis) {
        this.analysis = analysis;
    }

    String html() {
        HtmlTable labels = new HtmlTable(
                "Labels that an arm's last models were trained on, the mean over the seeds",
                List.of("Arm", "Labeled", "Pixels", "Clicks", "Labeling time"));
        HtmlTable machines = new HtmlTable(
                "Time of the stages, all seeds together",
                List.of("Arm", "Train", "Score", "Select", "Label", "GPU time"));
        for (ArmRuns arm : analysis.arms()) {
            labels.row(List.of(
                    arm.name(),
                    Numbers.percent(last(arm, Figure.LABELED_FRACTION)),
                    Numbers.count(last(arm, Figure.LABELED_PIXELS)),
                    Numbers.count(last(arm, Figure.CLICKS)),
                    Numbers.hours(last(arm, Figure.SECONDS))));
            machines.row(times(arm.name(), arm.rows().toList()));
        }
        machines.row(times("experiment", analysis.results().rows()));
        return "<section id=\"cost\"><h2>What it took</h2><p>Clicks and hours are those of a person who outlines"
                + " regions, by the project's cost model; the seed set is in them. What several rounds share counts once"
                + " in each sum: all arms begin with the same training, so that the experiment took less than its arms"
                + " together.</p>"
                + labels.html() + machines.html() + "</section>\n";
    }

    private static double last(ArmRuns arm, Figure figure) {
        return arm.values(run -> run.get(run.reach(), figure))
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
    }

    private static List<String> times(String name, List<RoundRow> rows) {
        List<String> cells = new ArrayList<>(List.of(name));
        STAGES.forEach((stage, figure) -> cells.add(Numbers.seconds(sum(rows, stage, figure))));
        double gpu =
                sum(rows, Stage.TRAIN, Figure.TRAIN_GPU_SECONDS) + sum(rows, Stage.SCORE, Figure.SCORE_GPU_SECONDS);
        cells.add(gpu == 0 ? "none" : Numbers.seconds(gpu));
        return cells;
    }

    /** The sum over what rounds committed, each result once. */
    private static double sum(List<RoundRow> rows, Stage stage, Figure figure) {
        Set<List<ArtifactRef>> counted = new HashSet<>();
        return rows.stream()
                .filter(row -> counted.add(row.results(stage)))
                .mapToDouble(row -> row.get(figure))
                .filter(Double::isFinite)
                .sum();
    }
}
