package io.viewal.worker.report;

import io.viewal.worker.page.IntervalChart;
import io.viewal.worker.page.PageHtml;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What the arms come to over the whole budget, how they differ from the control, and what that proves. */
final class ComparisonSection {

    private final Analysis analysis;
    private final Charts charts;
    private final String score;

    ComparisonSection(Analysis analysis, Charts charts, String score) {
        this.analysis = analysis;
        this.charts = charts;
        this.score = score;
    }

    String html() {
        return areas() + needed() + differences();
    }

    private String areas() {
        List<IntervalChart.Row> rows = new ArrayList<>();
        HtmlTable table = new HtmlTable(
                "By arm, over rounds 0 to " + analysis.last(),
                List.of("Arm", "Seeds", "Area", "After round " + analysis.last()));
        for (ArmRuns arm : analysis.arms()) {
            Interval area = analysis.area(arm, Figure.LABELED_FRACTION);
            rows.add(row(arm, area, Numbers.percent(area.mean())));
            table.row(List.of(
                    arm.name(),
                    area.count() + " of " + arm.runs().size(),
                    Numbers.percent(area),
                    Numbers.percent(analysis.lastScore(arm))));
        }
        return "<section id=\"area\"><h2>Area under the budget curve</h2><p>The mean " + score
                + " from the first to the last labeled fraction that all arms have (rounds 0 to " + analysis.last()
                + "): an arm that learns sooner has more of it, also when all end alike.</p><div class=\"curves"
                + " large\">"
                + charts.figure(IntervalChart.draw("area", "Area under the budget curve", score + " in %", rows))
                + "<div>" + table.html() + "</div></div></section>\n";
    }

    private IntervalChart.Row row(ArmRuns arm, Interval value, String text) {
        return new IntervalChart.Row(
                arm.name(), charts.style(arm), 100 * value.mean(), 100 * value.low(), 100 * value.high(), text);
    }

    private String needed() {
        if (analysis.reference().isEmpty()) {
            return "";
        }
        return "<section id=\"needed\"><h2>Labels that near full supervision takes</h2><p>Full supervision reaches "
                + Numbers.percent(analysis.reference().get())
                + ". Between rounds the curve is taken to be straight.</p>"
                + needed("Labeled pixels for a share of its score", Figure.LABELED_FRACTION, Numbers::percent)
                + needed("Clicks for it", Figure.CLICKS, budget -> Numbers.count(budget.mean()))
                + needed("Labeling time for it", Figure.SECONDS, budget -> Numbers.hours(budget.mean()))
                + "</section>\n";
    }

    private String needed(String caption, Figure budget, Function<Interval, String> text) {
        List<String> head = new ArrayList<>(List.of("Arm"));
        Analysis.SHARES.forEach(share -> head.add(Math.round(100 * share) + " %"));
        HtmlTable table = new HtmlTable(caption, head);
        for (ArmRuns arm : analysis.arms()) {
            List<String> cells = new ArrayList<>(List.of(arm.name()));
            for (double share : Analysis.SHARES) {
                Analysis.Needed needed = analysis.needed(arm, budget, share).orElseThrow();
                cells.add(
                        needed.reached() == needed.runs()
                                ? text.apply(needed.budget())
                                : "reached by %d of %d seeds".formatted(needed.reached(), needed.runs()));
            }
            table.row(cells);
        }
        return table.html();
    }

    private String differences() {
        if (analysis.control().isEmpty()) {
            return "<section id=\"differences\"><h2>Against the control</h2><p>The experiment has no control arm, so"
                    + " that nothing is tested: <code>control: ForegroundRandom66</code> adds one.</p></section>\n";
        }
        ArmRuns control = analysis.control().get();
        List<Difference> area = analysis.differences(run -> run.area(Figure.LABELED_FRACTION, analysis.last()));
        List<Difference> end = analysis.differences(run -> run.score(analysis.last()));
        List<IntervalChart.Row> rows = analysis.arms().stream()
                .filter(arm -> !arm.isControl())
                .map(arm -> {
                    Interval own = find(area, arm).difference();
                    return row(arm, own, Numbers.points(new Interval(own.mean(), Double.NaN, Double.NaN, own.count())));
                })
                .toList();
        return "<section id=\"differences\"><h2>Against the control</h2><p>The control, <b>"
                + PageHtml.escaped(control.name()) + "</b> ("
                + PageHtml.escaped(control.arm().strategy())
                + "), and an arm are compared seed by seed, as they start from the same training. "
                + Verdicts.limits(area)
                + "</p><div class=\"curves large\">"
                + charts.figure(IntervalChart.draw(
                        "differences",
                        "Difference to the control in the area under the budget curve",
                        "Points of " + score,
                        rows,
                        0))
                + "</div>" + table("In the area under the budget curve", area)
                + table("In " + score + " after round " + analysis.last(), end) + "</section>\n";
    }

    private static Difference find(List<Difference> differences, ArmRuns arm) {
        return differences.stream()
                .filter(d -> d.arm().equals(arm.name()))
                .findFirst()
                .orElseThrow();
    }

    private static String table(String caption, List<Difference> differences) {
        HtmlTable table = new HtmlTable(
                caption, List.of("Arm", "Pairs", "Points more", "p", "p by Holm", "Least p", "What it says"));
        differences.forEach(d -> table.row(List.of(
                d.arm(),
                Integer.toString(d.pairs()),
                Numbers.points(d.difference()),
                Numbers.p(d.p()),
                Numbers.p(d.adjusted()),
                Numbers.p(d.leastAdjusted()),
                Verdicts.of(d))));
        return table.html();
    }
}
