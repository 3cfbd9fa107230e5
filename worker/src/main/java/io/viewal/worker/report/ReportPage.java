package io.viewal.worker.report;

import static io.viewal.worker.page.PageHtml.escaped;

import io.viewal.contract.ExperimentRounds.Arm;
import io.viewal.contract.ExperimentRounds.Outcome;
import io.viewal.worker.page.PageStyle;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The page of a report: one file that needs nothing else. */
final class ReportPage {

    private final Analysis analysis;
    private final Charts charts;
    private final String score;

    ReportPage(Analysis analysis, Charts charts) {
        this.analysis = analysis;
        this.charts = charts;
        this.score = analysis.score() == Figure.TEST_MIOU ? "test mIoU" : "validation mIoU";
    }

    String html() {
        String body = cards()
                + arms()
                + missing()
                + new LearningSection(analysis, charts, score).html()
                + new ComparisonSection(analysis, charts, score).html()
                + new PenaltySection(analysis, charts).html()
                + new ClassSection(analysis, charts).html()
                + new ChoiceSection(analysis, charts).html()
                + new CostSection(analysis).html()
                + resource("method.html").formatted(Math.round(100 * analysis.confidence()));
        String name = escaped(analysis.results().name());
        return """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8">\
            <meta name="viewport" content="width=device-width, initial-scale=1"><title>%s</title><style>
            %s</style></head><body>
            <header><h1>%s</h1><p>%s</p></header>
            <nav aria-label="Sections">%s</nav>
            <main>
            %s</main></body></html>
            """.formatted(name, PageStyle.PAGE + resource("report.css"), name, summary(), links(body), body);
    }

    private String summary() {
        long failed = failed().size();
        long seeds = analysis.arms().stream()
                .flatMap(arm -> arm.runs().stream())
                .map(Run::seed)
                .distinct()
                .count();
        String rounds = Numbers.many(analysis.results().rows().size(), "finished round")
                + (failed == 0 ? ", all complete." : ", <b>" + failed + " of them failed</b>.");
        return "%s, %s; %s %s"
                .formatted(
                        Numbers.many(analysis.arms().size(), "arm"),
                        Numbers.many(seeds, "seed"),
                        rounds,
                        analysis.score() == Figure.TEST_MIOU
                                ? ""
                                : "No round was measured on a test split, so that the score is the validation"
                                        + " split's.");
    }

    private List<RoundRow> failed() {
        return analysis.results().rows().stream()
                .filter(row -> row.round().outcome() == Outcome.Failed)
                .toList();
    }

    /** Links to those sections that the page has. */
    private static String links(String body) {
        Map<String, String> sections = new LinkedHashMap<>();
        sections.put("learning", "Learning curves");
        sections.put("area", "Area");
        sections.put("needed", "Labels needed");
        sections.put("differences", "Against the control");
        sections.put("penalties", "Penalties");
        sections.put("classes", "Classes");
        sections.put("choices", "Choices");
        sections.put("cost", "Cost");
        sections.put("method", "Method");
        StringBuilder links = new StringBuilder();
        sections.keySet().removeIf(id -> !body.contains("<section id=\"" + id + "\">"));
        sections.forEach((id, title) -> links.append("<a href=\"#%s\">%s</a>".formatted(id, title)));
        return links.toString();
    }

    private String cards() {
        Map<String, String> cards = new LinkedHashMap<>();
        analysis.best().ifPresent(best -> {
            Interval last = analysis.lastScore(best);
            cards.put("Greatest area under the curve", best.name());
            cards.put("Its " + score + " after round " + analysis.last(), Numbers.percent(last.mean()));
            cards.put(
                    "With this share labeled",
                    Numbers.percent(analysis.interval(best, run -> run.get(analysis.last(), Figure.LABELED_FRACTION))
                            .mean()));
        });
        analysis.reference().ifPresent(reference -> {
            cards.put("Full supervision", Numbers.percent(reference.mean()));
            analysis.best()
                    .ifPresent(best -> cards.put(
                            "Of which it reaches",
                            Numbers.percent(analysis.lastScore(best).mean() / reference.mean())));
        });
        StringBuilder html = new StringBuilder("<section class=\"figures\" aria-label=\"At a glance\">");
        cards.forEach((label, value) ->
                html.append("<div><span>%s</span><b>%s</b></div>".formatted(escaped(label), escaped(value))));
        return html.append("</section>\n").toString();
    }

    private String arms() {
        HtmlTable table =
                new HtmlTable("Arms", List.of("Arm", "Strategy", "Role", "Seeds", "Rounds", "Why it has ended"));
        for (Arm arm : analysis.results().arms().values()) {
            List<RoundRow> rows = analysis.results().rows().stream()
                    .filter(row -> row.round().arm().equals(arm.name()))
                    .toList();
            table.row(List.of(
                    arm.name(),
                    arm.strategy(),
                    switch (arm.role()) {
                        case Compared -> "compared";
                        case Control -> "control";
                        case Reference -> "reference";
                    },
                    Long.toString(rows.stream()
                            .map(row -> row.round().seed())
                            .distinct()
                            .count()),
                    Integer.toString(rows.size()),
                    Objects.requireNonNullElse(arm.ended(), "goes on")));
        }
        return "<section id=\"arms\">" + table.html() + "</section>\n";
    }

    /** What is not there, and why. */
    private String missing() {
        if (failed().isEmpty()) {
            return "";
        }
        HtmlTable table = new HtmlTable("Failed rounds", List.of("Round", "Arm", "Seed", "Number", "Its model", "Why"));
        failed().forEach(row -> table.row(List.of(
                row.round().name(),
                row.round().arm(),
                Long.toString(row.round().seed()),
                Integer.toString(row.round().number()),
                Double.isNaN(row.get(analysis.score())) ? "not measured" : "measured, and counted",
                Objects.requireNonNullElse(row.round().message(), ""))));
        return "<section id=\"missing\"><h2>What is missing</h2><p>A run ends at a failed round; what is over all"
                + " rounds is without that run.</p>" + table.html() + "</section>\n";
    }

    private static String resource(String name) {
        try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
