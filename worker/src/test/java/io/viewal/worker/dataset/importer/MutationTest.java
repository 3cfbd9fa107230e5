package io.viewal.worker.dataset.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.viewal.worker.dataset.check.SceneFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Spoils a small source of every layout in ways that are drawn from fixed seeds, {@code -Dviewal.mutations} a layout, imports it
 * and prints a row of the table in {@code src/site/datasets.md}.
 */
class MutationTest {

    private static final int MUTATIONS = Integer.getInteger("viewal.mutations", 28);

    /**
     * What may leave a source that is a good one too: a number, line or image in the place of another, which the check of
     * the views sees where they then differ enough.
     */
    private static final Set<Mutation> LIKE_GOOD_DATA = EnumSet.of(
            Mutation.NUMBER_SCALED,
            Mutation.BYTE_CHANGED,
            Mutation.LINE_DROPPED,
            Mutation.LINES_EXCHANGED,
            Mutation.IMAGES_EXCHANGED,
            Mutation.IMAGE_TURNED);

    @TempDir
    static Path temp;

    private static List<EveryFormat.Written> sources;

    private record Case(Mutation mutation, int seed, Path file, Outcome outcome) {

        boolean isWrong() {
            return outcome == Outcome.VANISHED || outcome == Outcome.UNNOTICED && !LIKE_GOOD_DATA.contains(mutation);
        }
    }

    @BeforeAll
    static void write() throws IOException {
        sources = EveryFormat.write(temp.resolve("sources"));
        System.out.println("| format | "
                + Stream.of(Outcome.values())
                        .map(outcome -> outcome.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(" | "))
                + " |");
    }

    @TestFactory
    List<DynamicTest> aSpoiledSourceIsRefusedOrReadAsItIsOrTold() {
        return sources.stream()
                .map(source -> dynamicTest(source.format().toString(), () -> spoil(source)))
                .toList();
    }

    private static void spoil(EveryFormat.Written source) throws IOException {
        SpoiledImport spoiled = new SpoiledImport(source, temp);
        List<Case> cases = new ArrayList<>();
        for (int seed = 0; cases.size() < MUTATIONS; seed++) {
            Mutation mutation = Mutation.values()[seed % Mutation.values().length];
            Path copy = copy(source.source());
            Optional<Path> file = mutation.apply(copy, new Random(seed));
            if (file.isPresent()) {
                cases.add(new Case(mutation, seed, file.get(), outcome(spoiled, copy, mutation, seed)));
            }
        }
        print(source, cases);
        assertThat(cases).noneMatch(Case::isWrong);
    }

    private static Outcome outcome(SpoiledImport spoiled, Path copy, Mutation mutation, int seed) {
        try {
            return spoiled.outcome(copy);
        } catch (IOException | RuntimeException e) {
            throw new AssertionError(mutation + " with seed " + seed + " ends with a stack trace", e);
        }
    }

    private static void print(EveryFormat.Written source, List<Case> cases) {
        Map<Outcome, Long> counts = cases.stream()
                .collect(Collectors.groupingBy(
                        Case::outcome, () -> new EnumMap<>(Outcome.class), Collectors.counting()));
        System.out.println("| `" + source.format() + "` | "
                + Stream.of(Outcome.values())
                        .map(outcome -> counts.getOrDefault(outcome, 0L).toString())
                        .collect(Collectors.joining(" | "))
                + " |");
        cases.stream()
                .filter(one -> one.outcome().compareTo(Outcome.VANISHED) >= 0)
                .forEach(one -> System.out.println("    " + one));
    }

    /** With what lies beside it, where a label table may lie. */
    private static Path copy(Path source) throws IOException {
        Path to = Files.createTempDirectory(temp, "copy");
        try (Stream<Path> files = Files.list(source.getParent()).filter(Files::isRegularFile)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
        return SceneFolders.copy(source, to.resolve("data"));
    }
}
