package io.viewal.worker.report;

import io.viewal.worker.page.Chart;
import io.viewal.worker.page.LineChart;
import io.viewal.worker.page.MatrixChart;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What each round chose to have labeled. */
final class ChoiceSection {

    /** Scenes that are shown; of more, those with the most chosen pixels. */
    private static final int SCENES = 24;

    private final Analysis analysis;
    private final Charts charts;

    ChoiceSection(Analysis analysis, Charts charts) {
        this.analysis = analysis;
        this.charts = charts;
    }

    String html() {
        if (analysis.results().rows().stream().allMatch(row -> row.chosen().isEmpty())) {
            return "";
        }
        return "<section id=\"choices\"><h2>What was chosen</h2>" + foreground() + scenes() + table().folded()
                + "</section>\n";
    }

    private String foreground() {
        List<LineChart.Series> series = analysis.arms().stream()
                .map(arm -> new LineChart.Series(arm.name(), charts.style(arm), foreground(arm)))
                .toList();
        if (series.stream().allMatch(s -> s.points().stream().allMatch(p -> Double.isNaN(p.y())))) {
            return "";
        }
        return "<p>Most of a room is wall, floor and ceiling; what is neither is foreground. A strategy that only asks"
                + " for more of it is no better than a control that does.</p><div class=\"curves large\">"
                + charts.figure(new LineChart("Round", "Foreground in %", LineChart.Size.LARGE)
                        .draw(
                                "foreground",
                                "Share of foreground in the pixels that a round labeled",
                                series,
                                List.of(),
                                0,
                                100))
                + "</div>";
    }

    private List<LineChart.Point> foreground(ArmRuns arm) {
        return rounds(arm)
                .mapToObj(n -> new LineChart.Point(n, 100 * mean(arm, n, Figure.FOREGROUND)))
                .toList();
    }

    private static IntStream rounds(ArmRuns arm) {
        return IntStream.rangeClosed(0, arm.lastRound());
    }

    private static double mean(ArmRuns arm, int round, Figure figure) {
        return arm.values(run -> run.get(round, figure))
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
    }

    /** A chart an arm: which share of a round's pixels is of which scene. */
    private String scenes() {
        Map<String, Long> total = new TreeMap<>();
        analysis.arms().stream()
                .flatMap(ArmRuns::rows)
                .forEach(row -> row.chosen().forEach((scene, pixels) -> total.merge(scene, pixels, Long::sum)));
        List<String> shown = total.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(SCENES)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        StringBuilder html = new StringBuilder("<p>Where the regions lie that a round chose, all seeds together");
        html.append(
                total.size() > shown.size()
                        ? ": the %d of %d scenes with the most chosen pixels.".formatted(shown.size(), total.size())
                        : ".");
        html.append("</p><div class=\"curves small\">");
        for (int i = 0; i < analysis.arms().size(); i++) {
            ArmRuns arm = analysis.arms().get(i);
            if (arm.rows().anyMatch(row -> !row.chosen().isEmpty())) {
                html.append(charts.figure(matrix("choices-%02d".formatted(i), arm, shown)));
            }
        }
        return html.append("</div>").toString();
    }

    private static MatrixChart.Cell cell(String scene, int round, Map<String, Long> chosen) {
        long all = chosen.values().stream().mapToLong(Long::longValue).sum();
        Long pixels = chosen.get(scene);
        return pixels == null
                ? null
                : new MatrixChart.Cell(
                        (double) pixels / all,
                        "",
                        "round %d: %d pixels of %s, %d %%"
                                .formatted(round, pixels, scene, Math.round(100.0 * pixels / all)));
    }

    private static Chart matrix(String name, ArmRuns arm, List<String> scenes) {
        List<Integer> rounds =
                rounds(arm).filter(n -> !chosen(arm, n).isEmpty()).boxed().toList();
        List<List<MatrixChart.Cell>> cells = scenes.stream()
                .map(scene ->
                        rounds.stream().map(n -> cell(scene, n, chosen(arm, n))).collect(Collectors.toList()))
                .toList();
        return MatrixChart.draw(
                name,
                arm.name() + ": scenes by round",
                scenes,
                rounds.stream().map(String::valueOf).toList(),
                cells,
                "all of the round",
                false);
    }

    private static Map<String, Long> chosen(ArmRuns arm, int round) {
        Map<String, Long> chosen = new TreeMap<>();
        arm.rows()
                .filter(row -> row.round().number() == round)
                .forEach(row -> row.chosen().forEach((scene, pixels) -> chosen.merge(scene, pixels, Long::sum)));
        return chosen;
    }

    private HtmlTable table() {
        HtmlTable table = new HtmlTable(
                "Chosen by round, the mean over the seeds",
                List.of("Arm", "Round", "Regions", "Pixels", "Frames", "Scenes", "Foreground", "Clicks"));
        for (ArmRuns arm : analysis.arms()) {
            rounds(arm).filter(n -> !chosen(arm, n).isEmpty()).forEach(n -> {
                List<String> cells = new ArrayList<>(List.of(arm.name(), Integer.toString(n)));
                List.of(Figure.CHOSEN_REGIONS, Figure.CHOSEN_PIXELS, Figure.CHOSEN_FRAMES, Figure.CHOSEN_SCENES)
                        .forEach(figure -> cells.add(Numbers.count(mean(arm, n, figure))));
                cells.add(Numbers.percent(mean(arm, n, Figure.FOREGROUND)));
                cells.add(Numbers.count(mean(arm, n, Figure.ROUND_CLICKS)));
                table.row(cells);
            });
        }
        return table;
    }
}
