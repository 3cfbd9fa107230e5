package io.viewal.worker.report;

import io.viewal.worker.page.LineChart;
import io.viewal.worker.page.PageHtml;
import java.util.ArrayList;
import java.util.List;

/** How well each class is learned. */
final class ClassSection {

    private final Analysis analysis;
    private final Charts charts;

    ClassSection(Analysis analysis, Charts charts) {
        this.analysis = analysis;
        this.charts = charts;
    }

    String html() {
        List<String> classes = analysis.results().rows().stream()
                .map(RoundRow::classes)
                .filter(names -> !names.isEmpty())
                .findFirst()
                .orElse(List.of());
        if (classes.isEmpty()) {
            return "";
        }
        StringBuilder html =
                new StringBuilder("<section id=\"classes\"><h2>Classes</h2><p>Intersection over union on the test"
                        + " split by labeled fraction, the mean over the seeds. Classes that the split does not have are"
                        + " left out.</p>" + legend() + "<div class=\"curves small\">");
        List<String> head = new ArrayList<>(List.of("Class"));
        analysis.arms().forEach(arm -> head.add(arm.name()));
        HtmlTable table = new HtmlTable("IoU after round " + analysis.last(), head);
        for (int id = 0; id < classes.size(); id++) {
            List<LineChart.Series> series = series(id);
            if (series.stream().anyMatch(s -> s.points().stream().anyMatch(p -> Double.isFinite(p.y())))) {
                html.append(charts.figure(new LineChart("Labeled pixels in %", "IoU in %", LineChart.Size.SMALL)
                        .draw("class-%03d".formatted(id), classes.get(id), series, List.of(), 0)));
                table.row(row(classes.get(id), id));
            }
        }
        return html.append("</div>")
                .append(table.folded())
                .append("</section>\n")
                .toString();
    }

    private String legend() {
        StringBuilder legend = new StringBuilder("<div class=\"legend\">");
        analysis.arms()
                .forEach(arm -> legend.append("<span><i style=\"background: var(--")
                        .append(charts.style(arm).css())
                        .append(")\"></i>")
                        .append(PageHtml.escaped(arm.name()))
                        .append("</span>"));
        return legend.append("</div>").toString();
    }

    private List<LineChart.Series> series(int id) {
        return analysis.arms().stream()
                .map(arm -> new LineChart.Series(
                        "",
                        charts.style(arm),
                        analysis.curve(arm, Figure.LABELED_FRACTION).stream()
                                .map(point ->
                                        new LineChart.Point(100 * point.budget(), 100 * iou(arm, point.round(), id)))
                                .toList()))
                .toList();
    }

    private List<String> row(String name, int id) {
        List<String> cells = new ArrayList<>(List.of(name));
        analysis.arms().forEach(arm -> cells.add(Numbers.percent(iou(arm, analysis.last(), id))));
        return cells;
    }

    private static double iou(ArmRuns arm, int round, int id) {
        return arm.values(run -> {
                    RoundRow row = run.rounds().get(round);
                    return row == null || row.classIoU().size() <= id
                            ? Double.NaN
                            : row.classIoU().get(id);
                })
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
    }
}
