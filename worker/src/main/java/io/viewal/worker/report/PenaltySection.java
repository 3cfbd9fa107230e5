package io.viewal.worker.report;

import io.viewal.worker.page.MatrixChart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The pairwise penalty matrix. */
final class PenaltySection {

    private final Analysis analysis;
    private final Charts charts;

    PenaltySection(Analysis analysis, Charts charts) {
        this.analysis = analysis;
        this.charts = charts;
    }

    String html() {
        double[][] penalties = analysis.penalties();
        if (Arrays.stream(penalties).flatMapToDouble(Arrays::stream).allMatch(Double::isNaN)) {
            return "<section id=\"penalties\"><h2>Pairwise penalties</h2><p>There are no two arms with two seeds of the"
                    + " same round, which a t-test needs.</p></section>\n";
        }
        List<String> names = analysis.arms().stream().map(ArmRuns::name).toList();
        List<List<MatrixChart.Cell>> cells = IntStream.range(0, names.size())
                .mapToObj(winner -> cells(names, winner, penalties[winner]))
                .toList();
        return "<section id=\"penalties\"><h2>Pairwise penalties</h2><p>The share of rounds in which the arm of a row"
                + " is better than that of a column by a paired t-test. The less an arm's column holds, the fewer are"
                + " better than it. Of few seeds a t-test finds little: an empty matrix proves nothing.</p><div"
                + " class=\"curves large\">"
                + charts.figure(MatrixChart.draw(
                        "penalties",
                        "Pairwise penalties: a row beats a column",
                        names,
                        names,
                        cells,
                        "all rounds",
                        true))
                + "<div>" + table(names, penalties).html() + "</div></div></section>\n";
    }

    private static List<MatrixChart.Cell> cells(List<String> names, int winner, double[] penalties) {
        List<MatrixChart.Cell> cells = new ArrayList<>();
        for (int other = 0; other < penalties.length; other++) {
            double share = penalties[other];
            String tooltip = "%s beats %s in %d %% of the rounds"
                    .formatted(names.get(winner), names.get(other), Math.round(100 * share));
            cells.add(
                    Double.isNaN(share)
                            ? null
                            : new MatrixChart.Cell(share, Long.toString(Math.round(100 * share)), tooltip));
        }
        return cells;
    }

    private static HtmlTable table(List<String> names, double[][] penalties) {
        HtmlTable table = new HtmlTable("Mean penalty", List.of("Arm", "Beats others in", "Is beaten in"));
        for (int i = 0; i < names.size(); i++) {
            int arm = i;
            double beats = Arrays.stream(penalties[arm])
                    .filter(Double::isFinite)
                    .average()
                    .orElse(Double.NaN);
            double beaten = IntStream.range(0, names.size())
                    .mapToDouble(winner -> penalties[winner][arm])
                    .filter(Double::isFinite)
                    .average()
                    .orElse(Double.NaN);
            table.row(List.of(names.get(arm), Numbers.percent(beats), Numbers.percent(beaten)));
        }
        return table;
    }
}
