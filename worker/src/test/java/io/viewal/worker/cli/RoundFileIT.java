package io.viewal.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viewal.contract.SelectParameters.Unit;
import io.viewal.worker.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoundFileIT {

    @TempDir
    Path folder;

    private RoundFile read(String yaml) throws IOException {
        return RoundFile.read(Files.writeString(folder.resolve("round.yaml"), yaml));
    }

    @Test
    void readsDataSetsAndRoundsAndLeavesTheRestToTheCluster() throws IOException {
        RoundFile file = read("""
            kind: Namespace
            metadata: {name: demo}
            ---
            kind: MultiViewDataset
            metadata: {name: rooms}
            spec: {source: {synthetic: {scenes: 3, framesPerScene: 4, seed: 1}}}
            ---
            kind: ActiveLearningRound
            metadata: {name: round-0}
            spec: {dataset: rooms, selection: {budget: {amount: 2, unit: Regions}}}
            """);
        assertThat(file.datasets()).containsOnlyKeys("rooms");
        assertThat(file.rounds().get("round-0").selection().budget().unit()).isEqualTo(Unit.Regions);
        assertThat(file.rounds().get("round-0").training().epochs()).isEqualTo(50);
    }

    @Test
    void namesTheDocumentAndTheFieldThatIsWrong() {
        assertThatThrownBy(() -> read("""
            kind: ActiveLearningRound
            metadata: {name: round-0}
            spec: {dataset: rooms, training: {epoch: 3}}
            """))
                .hasMessageContaining("document 1")
                .hasMessageContaining("spec.training.epoch");
    }

    @Test
    void refusesAFileWithoutARound() {
        assertThatThrownBy(() -> read("kind: Pod\n")).hasMessageContaining("no ActiveLearningRound");
    }

    @Test
    void refusesTwoSourcesOfLabelsAndASelectionOfNothing() {
        String round = """
            kind: ActiveLearningRound
            metadata: {name: round-1}
            spec: {dataset: rooms,\
            """;
        assertThatThrownBy(() -> read(round + "previousRound: round-0, labels: {source: SeedSet}}"))
                .hasMessageContaining("labels and previousRound both say");
        assertThatThrownBy(() -> read(round + "labels: {source: FullSupervision}, selection: {budget: {amount: 1}}}"))
                .hasMessageContaining("leaves nothing to select");
        assertThatThrownBy(() -> read(round + "labels: {source: Reference, key: label-set.zip}}"))
                .hasMessageContaining("needs labels.key and labels.sha256");
        assertThatThrownBy(() -> read(round + "labels: {source: SeedSet, key: label-set.zip}}"))
                .hasMessageContaining("are of labels.source Reference");
        assertThatThrownBy(() -> read(round + "training: {fullSupervision: true}}"))
                .hasMessageContaining("labels: {source: FullSupervision}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "trainning: {epochs: 3} | spec.trainning is no field: is it training?",
                "training: {epochs: 0} | spec.training.epochs is 0, expected a number from 1 to 10000",
                "training: {epochs: 48.7} | spec.training.epochs",
                "seed: 1, seed: 2 | Duplicate field 'seed'",
                "strategy: ViewAl | There is no strategy 'ViewAl'",
                "mode: corected | expected one of [corrected, reference]",
                "seed: [ | is no YAML"
            })
    void refusesBeforeTheFirstStageWhatAStageWouldTakeForSomethingElse(String field, String problem) {
        assertThatThrownBy(() -> read("""
                        kind: ActiveLearningRound
                        metadata: {name: round-0}
                        spec: {dataset: rooms, selection: {budget: {amount: 2}}, %s}
                        """.formatted(field)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("document 1")
                .hasMessageContaining(problem);
    }

    @Test
    void refusesKindsAndVersionsThatAreNearlyTheProjects() {
        assertThatThrownBy(() -> read("kind: MultiViewDataSet\n")).hasMessageContaining("[MultiViewDataset]");
        assertThatThrownBy(() -> read("apiVersion: viewal.io/v1\nkind: MultiViewDataset\n"))
                .hasMessageContaining("expected viewal.io/v1alpha1");
        assertThatThrownBy(() -> read("kind: ActiveLearningRound\nmetadata: {name: r}\n"
                        + "spec: {dataset: d, selection: {budget: {amount: 0}}}\n"))
                .hasMessageContaining("amount is 0.0, expected a number above 0");
    }

    @Test
    void readsAByteOrderMarkAndNamesTheLineOfAnotherEncoding() throws IOException {
        String dataset = "kind: MultiViewDataset\nmetadata: {name: rooms}\nspec: {classes: [m\u00fcll]}\n";
        assertThat(read("\uFEFF" + dataset).datasets()).containsOnlyKeys("rooms");
        Path file = Files.write(folder.resolve("cp.yaml"), dataset.getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> RoundFile.read(file)).hasMessageContainingAll("cp.yaml, line 3", "UTF-8");
    }

    @Test
    void namesWhatARoundMustHave() {
        assertThatThrownBy(() -> read("""
            kind: ActiveLearningRound
            metadata: {name: round-0}
            spec: {dataset: rooms, selection: {budget: {unit: Regions}}}
            """))
                .hasMessageContaining("document 1")
                .hasMessageContaining("spec.selection.budget.amount is missing");
        assertThatThrownBy(() -> read("kind: MultiViewDataset\n")).hasMessageContaining("metadata.name is missing");
    }

    private static String experiment(String arms, String template) {
        return """
            kind: ActiveLearningExperiment
            metadata: {name: rooms}
            spec: {dataset: rooms, rounds: 1, seeds: {count: 1}, arms: [%s], control: None, template: {%s}}
            """.formatted(arms, template);
    }

    @Test
    void readsExperimentsAndAllTheirRoundsAtOnce() throws IOException {
        String template = "selection: {budget: {amount: 2}}";
        assertThat(read(experiment("{name: viewal, strategy: ViewAL}", template))
                        .experiments())
                .containsOnlyKeys("rooms");
        assertThatThrownBy(() -> read(experiment("{name: a, strategy: Best}", template)))
                .hasMessageContainingAll("no strategy 'Best'", "ViewAL");
        assertThatThrownBy(() -> read(experiment("{name: a}, {name: a, strategy: Random}", template)))
                .hasMessageContainingAll("document 1", "'a' is taken");
        assertThatThrownBy(() -> read(experiment("{name: a}", template + ", training: {epoch: 3}")))
                .hasMessageContainingAll("training.epoch", "the arm 'a'");
        assertThatThrownBy(() -> read(experiment("{name: a}", "training: {epochs: 3}")))
                .hasMessageContaining("spec.template.selection.budget.amount is missing");
    }
}
