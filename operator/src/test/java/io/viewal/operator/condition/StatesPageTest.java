package io.viewal.operator.condition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Holds the table of states.md to the reasons that there are. */
class StatesPageTest {

    private static final Path PAGE = Path.of("").toAbsolutePath().getParent().resolve("src/site/states.md");

    /** What kstatus, Argo CD and Flux make of a state. */
    private static final Map<String, List<String>> TOOLS = Map.of(
            "Progressing", List.of("InProgress", "Progressing", "waits"),
            "Stalled", List.of("Failed", "Degraded", "fails at once"),
            "Failed", List.of("Failed", "Degraded", "fails at once"),
            "Held", List.of("InProgress", "Suspended", "ready"),
            "Complete", List.of("Current", "Healthy", "ready"),
            "event", List.of("–", "–", "–"),
            "–", List.of("–", "–", "–"));

    private record Row(String reason, String state, List<String> texts, List<String> tools) {}

    private static List<Row> rows() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> Arrays.stream(line.substring(1).split("\\|"))
                        .map(String::strip)
                        .toList())
                .map(cells ->
                        new Row(cells.get(0).replace("`", ""), cells.get(1), cells.subList(2, 4), cells.subList(4, 7)))
                .toList();
    }

    @Test
    void hasARowForEachReason() throws IOException {
        assertThat(rows())
                .extracting(Row::reason)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Reason.values()).map(Reason::name).toList());
    }

    @Test
    void saysForEachReasonWhatItMeansAndWhatFollows() throws IOException {
        assertThat(rows()).allSatisfy(row -> {
            assertThat(row.texts()).noneMatch(String::isEmpty);
            assertThat(row.tools()).isEqualTo(TOOLS.get(row.state()));
        });
    }

    @Test
    void namesTheStatesThatVerdictsHave() throws IOException {
        assertThat(rows())
                .extracting(row -> row.state().toUpperCase(java.util.Locale.ROOT))
                .containsAll(Arrays.stream(Verdict.Kind.values())
                        .map(Verdict.Kind::name)
                        .toList());
    }
}
