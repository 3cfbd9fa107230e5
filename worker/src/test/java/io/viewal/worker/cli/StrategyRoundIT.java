package io.viewal.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viewal.contract.ExitCode;
import io.viewal.contract.Owner;
import io.viewal.contract.RoundRequests;
import io.viewal.contract.SelectParameters;
import io.viewal.contract.SelectParametersBuilder;
import io.viewal.contract.StageResult;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.acquisition.Strategies;
import io.viewal.worker.artifact.LabelSet;
import io.viewal.worker.artifact.LabelSet.FrameKey;
import io.viewal.worker.artifact.LabelSource;
import io.viewal.worker.artifact.LabeledRegion;
import io.viewal.worker.artifact.SelectionCsv;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Region;
import io.viewal.worker.stage.StageRunner;
import io.viewal.worker.store.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole rounds in one process by every strategy, on a tiny synthetic data set that they share. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StrategyRoundIT extends LocalRoundsFixture {

    private static final ImageSize SIZE = new ImageSize(80, 60);

    private static final String DATASET = """
            kind: MultiViewDataset
            metadata: {name: rooms}
            spec:
              source: {synthetic: {scenes: 3, framesPerScene: 4, seed: 1}}
              width: 80
              height: 60
              seedSet: {frames: 1, seed: 1}
            """;

    private static final String ROUND = """
            ---
            kind: ActiveLearningRound
            metadata: {name: NAME}
            spec:
              dataset: rooms
              seed: 7
              strategy: STRATEGY
              training: {epochs: 1, batchSize: 2}
              scoring: {passes: 2}
              selection: {budget: {amount: 1}, onShortage: TakeAll}
            """;

    static List<String> strategies() {
        return Strategies.names();
    }

    private static String round(String name, String strategy) {
        return ROUND.replace("NAME", name).replace("STRATEGY", strategy);
    }

    private LabelSet labels(String round) throws IOException {
        return labels(round, SIZE);
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void everyStrategyChoosesAndItsChoiceIsLabeledAndExplained(String strategy) throws IOException {
        String name = "by-" + strategy.toLowerCase(java.util.Locale.ROOT);
        assertThat(run(DATASET + round(name, strategy))).as(err::toString).isEqualTo(ExitCode.OK);
        List<SelectionCsv.Row> chosen = SelectionCsv.read(Files.readString(file(name, "select", "selection.csv")));
        LabelSet labels = labels(name);
        assertThat(labels.regions())
                .filteredOn(region -> region.round() == 1)
                .extracting(LabeledRegion::region)
                .containsExactlyElementsOf(
                        chosen.stream().map(SelectionCsv.Row::region).toList());
        // One frame is the seed set, and an image's worth was asked for.
        assertThat(labels.pixels()).isBetween(2L * SIZE.pixels() * 9 / 10, 2L * SIZE.pixels() * 12 / 10);
        assertThat(file(name, "label", "round.html")).content().contains(strategy, "What was chosen, and why");
    }

    @Test
    void whatAStrategyLabelsByItselfTrainsTheNextRoundAndIsReplaced() throws IOException {
        String next = round("taught-1", "example.org/SelfTaught")
                .replace("dataset: rooms", "dataset: rooms\n  previousRound: taught-0");
        assertThat(run(DATASET + round("taught-0", "example.org/SelfTaught") + next))
                .as(err::toString)
                .isEqualTo(ExitCode.OK);
        for (String round : List.of("taught-0", "taught-1")) {
            LabelSet labels = labels(round);
            int asked = round.equals("taught-0") ? 2 : 3;
            assertThat(labels.frames()).hasSize(asked);
            assertThat(labels.frames(LabelSource.PSEUDO)).doesNotContainAnyElementsOf(labels.frames());
            // Each frame has labels of one source.
            assertThat(labels.trainingFrames())
                    .hasSize(asked + labels.frames(LabelSource.PSEUDO).size());
            assertThat(labels.frames(LabelSource.PSEUDO)).isNotEmpty();
            assertThat(labels.pixels()).isEqualTo((long) asked * SIZE.pixels());
        }
    }

    @Test
    void aStrategyAlsoLabelsWhatIsLeftOfFramesWithLabeledRegions() throws IOException {
        String first = round("viewed-0", "ViewAL").replace("amount: 1", "amount: 0.3");
        String next = round("viewed-1", "example.org/SelfTaught")
                .replace("dataset: rooms", "dataset: rooms\n  previousRound: viewed-0");
        assertThat(run(DATASET + first + next)).as(err::toString).isEqualTo(ExitCode.OK);
        LabelSet labels = labels("viewed-1");
        List<FrameKey> partly = labels.frames().stream()
                .filter(frame -> !labels.regions(frame).stream()
                        .map(LabeledRegion::region)
                        .toList()
                        .contains(Region.WHOLE_FRAME))
                .toList();
        assertThat(partly).isNotEmpty().allSatisfy(frame -> {
            byte[] asked = labels.labels(frame);
            byte[] taught = labels.labels(LabelSource.PSEUDO, frame);
            for (int pixel = 0; pixel < asked.length; pixel++) {
                assertThat((taught[pixel] & 0xff) == 255).isEqualTo((asked[pixel] & 0xff) != 255);
            }
        });
        assertThat(labels.frames(LabelSource.PSEUDO)).containsAll(partly);
    }

    @Test
    void regionsOfDifferentKindsLabelEachPixelOnce() throws IOException {
        StringBuilder yaml = new StringBuilder(DATASET);
        String[] strategies = {"RegionalMcDropoutWindows", "ViewAL", "Margin"};
        for (int i = 0; i < strategies.length; i++) {
            String previous = i == 0 ? "" : "\n  previousRound: mixed-" + (i - 1);
            String amount = i == 2 ? "99" : "0.8";
            yaml.append(round("mixed-" + i, strategies[i])
                    .replace("dataset: rooms", "dataset: rooms" + previous)
                    .replace("amount: 1", "amount: " + amount));
        }
        assertThat(run(yaml.toString())).as(err::toString).isEqualTo(ExitCode.OK);
        assertThat(labels("mixed-0").regions())
                .extracting(LabeledRegion::region)
                .hasOnlyElementsOfTypes(Region.WholeFrame.class, Region.Window.class);
        assertThat(labels("mixed-1").regions())
                .extracting(LabeledRegion::region)
                .hasAtLeastOneElementOfType(Region.Superpixel.class);
        // The last round labels what is left of the train split's only scene.
        assertThat(labels("mixed-2").pixels()).isEqualTo(4L * SIZE.pixels());
        String more = round("mixed-3", "ViewAL").replace("dataset: rooms", "dataset: rooms\n  previousRound: mixed-2");
        assertThat(run(yaml + more)).isEqualTo(ExitCode.BAD_DATA);
        assertThat(err.toString())
                .contains("The budget exceeds what is left to label", "everything that the strategy may choose");
    }

    @Test
    void regionsAreChosenByTheStrategyThatScoredThem() throws IOException {
        assertThat(run(DATASET + round("scored", "Margin"))).as(err::toString).isEqualTo(ExitCode.OK);
        try (ObjectStore store = ObjectStore.open(location(), null)) {
            StageResult dataset = result("rooms", "prepare");
            RoundRequests requests = new RoundRequests(
                    new Owner("ActiveLearningRound", "local", "other", "0123456789"),
                    location(),
                    7,
                    dataset,
                    Optional.of(dataset.artifacts().get(RoundRequests.LABELS)));
            SelectParameters byAnother = SelectParametersBuilder.builder()
                    .strategy("CoreSet")
                    .budget(new SelectParameters.Budget(1, SelectParameters.Unit.Images))
                    .build();
            StageRunner runner = new StageRunner(
                    store, temp.resolve("scratch"), (stage, progress) -> {}, () -> false, Clock.systemUTC());
            assertThatThrownBy(() -> runner.run(requests.select(byAnother, List.of(result("scored", "score"))), 0))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("was scored by Margin")
                    .hasMessageContaining("by CoreSet");
        }
    }

    @Test
    void votesOfOnePassAreNoVotes() throws IOException {
        String one = round("one-pass", "RegionalMcDropout").replace("passes: 2", "passes: 1");
        assertThat(run(DATASET + one)).isEqualTo(ExitCode.BAD_REQUEST);
        assertThat(err.toString()).contains("RegionalMcDropout", "scoring.passes is 1", "2 or more");
    }
}
