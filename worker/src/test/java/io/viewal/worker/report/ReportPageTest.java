package io.viewal.worker.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.viewal.contract.ContractJson;
import io.viewal.contract.ExperimentRounds.Role;
import io.viewal.contract.ReportParameters;
import io.viewal.worker.Chromium;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportPageTest {

    /** Looks at the page as a person does, and writes what it sees into the document. */
    private static final String VISITOR = """
        <script>
        const all = (selector, from = document) => [...from.querySelectorAll(selector)];
        const charts = all("figure svg"), facts = [];
        facts.push(`charts ${charts.length}`);
        facts.push(`named ${charts.every(chart => chart.getAttribute("aria-label"))}`);
        facts.push(`seen ${charts.every(chart => chart.getBoundingClientRect().height > 60)}`);
        const inside = (text, chart) => {
          const a = text.getBoundingClientRect(), b = chart.getBoundingClientRect();
          return a.left >= b.left - 1 && a.right <= b.right + 1 && a.top >= b.top - 1 && a.bottom <= b.bottom + 1;
        };
        facts.push(`uncut ${charts.every(chart => all("text", chart).every(text => inside(text, chart)))}`);
        facts.push(`coloured ${all("#learning .line").every(line => getComputedStyle(line).stroke !== "none")}`);
        facts.push(`folded ${all("details").every(details => !details.open)}`);
        facts.push(`captions ${all("table").every(table => table.caption.textContent)}`);
        facts.push(`headings ${all("tbody tr").every(row => row.cells[0].scope === "row")}`);
        facts.push(`links ${all("nav a").every(link => document.querySelector(link.getAttribute("href")))}`);
        facts.push(`fits ${document.documentElement.scrollWidth <= innerWidth}`);
        facts.push(`outside ${performance.getEntriesByType("resource").length}`);
        document.title = facts.join(", ");
        </script>\
        """;

    @TempDir
    Path temp;

    private static Map<String, byte[]> report(SyntheticRounds rounds) {
        return new ExperimentReport(rounds.results(), new ReportParameters(0.95, 500), 1).files();
    }

    private static SyntheticRounds rounds(int seeds) {
        return new SyntheticRounds(seeds, 4)
                .arm("viewal", Role.Compared, 0.05)
                .arm("<b>random", Role.Compared, 0.02)
                .arm("control", Role.Control, 0.03)
                .reference(0.5);
    }

    private static String page(SyntheticRounds rounds) {
        return new String(report(rounds).get(ExperimentReport.PAGE), StandardCharsets.UTF_8);
    }

    @Test
    void everyChartAndTableIsSeenInTheBrowserAndNothingComesFromOutside() throws IOException, InterruptedException {
        Path file = temp.resolve("report.html");
        Files.writeString(file, page(rounds(3)).replace("</body>", VISITOR + "</body>"));

        String document = Chromium.documentOf(file, temp);

        String title = document.substring(document.indexOf("<title>") + 7, document.indexOf("</title>"));
        assertThat(title)
                .isEqualTo("charts 13, named true, seen true, uncut true, coloured true, folded true, captions true,"
                        + " headings true, links true, fits true, outside 0");
    }

    @Test
    void equalResultsGiveEqualBytes() {
        Map<String, byte[]> once = report(rounds(3));
        Map<String, byte[]> again = report(rounds(3));
        assertThat(again).containsOnlyKeys(once.keySet());
        once.forEach((name, content) -> assertThat(again.get(name)).as(name).isEqualTo(content));
        assertThat(once.keySet())
                .contains("report.html", "report.json", "rounds.csv", "figures/area.svg", "figures/penalties.svg")
                .contains(
                        "figures/learning-labeledFraction.svg", "figures/learning-clicks.svg", "figures/class-000.svg");
    }

    @Test
    void threeSeedsAreNeverCalledSignificant() {
        String page = page(rounds(3));
        String said = page.substring(0, page.indexOf("<section id=\"method\">"));
        assertThat(said)
                .contains("too few seeds to tell", "allows no p below 0.250")
                .doesNotContain("significant");
        assertThat(page(rounds(9))).contains("significantly higher", "significantly lower");
    }

    @Test
    void failedRoundsAreNamedAndTheRestIsCompared() throws IOException {
        SyntheticRounds rounds = new SyntheticRounds(3, 4)
                .arm("viewal", Role.Compared, 0.05, round -> round.seed() == 1 && round.number() == 2)
                .arm("control", Role.Control, 0.03);
        Map<String, byte[]> files = report(rounds);
        assertThat(new String(files.get(ExperimentReport.PAGE), StandardCharsets.UTF_8))
                .contains("What is missing", "rooms-viewal-s1-r2", "the loss is not a number", "1 of them failed");
        JsonNode summary = ContractJson.mapper().readTree(files.get(ExperimentReport.SUMMARY));
        assertThat(summary.at("/failed/0").asText()).isEqualTo("rooms-viewal-s1-r2");
        assertThat(summary.at("/areaDifferences/0/difference/seeds").asInt()).isEqualTo(2);
        assertThat(summary.at("/best").asText()).isEqualTo("viewal");
    }

    @Test
    void anExperimentThatHasJustBegunHasAReport() {
        SyntheticRounds one = new SyntheticRounds(1, 1).arm("viewal", Role.Compared, 0.05);
        assertThat(page(one)).contains("1 arm, 1 seed; 1 finished round, all complete", "has no control arm");
        assertThat(page(new SyntheticRounds(0, 1).arm("viewal", Role.Compared, 0)))
                .contains("0 finished rounds");
    }

    @Test
    void namesCannotBecomeTags() {
        assertThat(page(rounds(3))).contains("&lt;b&gt;random").doesNotContain("<b>random");
    }

    @Test
    void theTableHasARowARound() {
        String[] lines = new String(report(rounds(2)).get(ExperimentReport.TABLE), StandardCharsets.UTF_8).split("\n");
        assertThat(lines).hasSize(1 + 3 * 2 * 4 + 2);
        assertThat(lines[0])
                .startsWith("arm,strategy,role,seed,round,name,outcome,device,labeledFraction,labeledPixels,clicks,"
                        + "seconds,testMeanIoU,");
        assertThat(lines[1])
                .startsWith("viewal,Viewal,Compared,0,0,rooms-viewal-s0-r0,Complete,cpu,0.02,200000.0,800.0,"
                        + "2000.0,0.3,,");
    }
}
