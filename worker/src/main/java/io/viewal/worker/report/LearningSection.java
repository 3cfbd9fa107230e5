package io.viewal.worker.report;

import io.viewal.worker.page.LineChart;
import io.viewal.worker.report.Analysis.CurvePoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Learning curves against everything that labels may be counted in. */
final class LearningSection {

    /**
     * What a curve is drawn against.
     *
     * @param scale of its values on the axis
     */
    private record Budget(Figure figure, String title, double scale) {}

    private static final List<Budget> BUDGETS = List.of(
            new Budget(Figure.LABELED_FRACTION, "Labeled pixels of the train split in %", 100),
            new Budget(Figure.LABELED_PIXELS, "Labeled megapixels", 1e-6),
            new Budget(Figure.CLICKS, "Thousand clicks", 1e-3),
            new Budget(Figure.SECONDS, "Hours of labeling", 1 / 3600.0));

    private final Analysis analysis;
    private final Charts charts;
    private final String score;

    LearningSection(Analysis analysis, Charts charts, String score) {
        this.analysis = analysis;
        this.charts = charts;
        this.score = score;
    }

    String html() {
        StringBuilder html = new StringBuilder("<section id=\"learning\"><h2>Learning curves</h2><p>")
                .append("The mean ")
                .append(score)
                .append(" over the seeds by the labels that the model was trained on;")
                .append(" bands are ")
                .append(Math.round(100 * analysis.confidence()))
                .append(" % bootstrap intervals")
                .append(" of that mean.</p><div class=\"curves large\">");
        BUDGETS.forEach(budget -> html.append(charts.figure(new LineChart(
                        budget.title(), score + " in %", LineChart.Size.LARGE)
                .draw(
                        "learning-" + budget.figure().column(),
                        score + " by " + budget.title().replaceAll(" in %$", "").toLowerCase(Locale.ROOT),
                        analysis.arms().stream().map(arm -> series(arm, budget)).toList(),
                        reference()))));
        return html.append("</div>")
                .append(table().folded())
                .append("</section>\n")
                .toString();
    }

    private LineChart.Series series(ArmRuns arm, Budget budget) {
        List<LineChart.Point> points = analysis.curve(arm, budget.figure()).stream()
                .map(point -> new LineChart.Point(
                        budget.scale() * point.budget(),
                        100 * point.score().mean(),
                        100 * point.score().low(),
                        100 * point.score().high()))
                .toList();
        return new LineChart.Series(arm.name(), charts.style(arm), points);
    }

    private List<LineChart.Level> reference() {
        return analysis.reference()
                .map(score -> List.of(new LineChart.Level("full supervision", 100 * score.mean())))
                .orElse(List.of());
    }

    private HtmlTable table() {
        HtmlTable table = new HtmlTable(
                "Learning curves",
                List.of("Arm", "Round", "Seeds", "Labeled", "Pixels", "Clicks", "Labeling time", score));
        for (ArmRuns arm : analysis.arms()) {
            List<List<CurvePoint>> curves = BUDGETS.stream()
                    .map(budget -> analysis.curve(arm, budget.figure()))
                    .toList();
            for (int i = 0; i < curves.getFirst().size(); i++) {
                CurvePoint point = curves.getFirst().get(i);
                List<String> cells = new ArrayList<>(List.of(
                        arm.name(),
                        Integer.toString(point.round()),
                        Integer.toString(point.score().count()),
                        Numbers.percent(point.budget()),
                        Numbers.count(curves.get(1).get(i).budget()),
                        Numbers.count(curves.get(2).get(i).budget()),
                        Numbers.hours(curves.get(3).get(i).budget()),
                        Numbers.percent(point.score())));
                table.row(cells);
            }
        }
        return table;
    }
}
