package io.viewal.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.viewal.contract.ArtifactRef;
import io.viewal.contract.ContractJson;
import io.viewal.contract.ExitCode;
import io.viewal.contract.LabelParametersBuilder;
import io.viewal.contract.Metric;
import io.viewal.contract.Owner;
import io.viewal.contract.RoundRequests;
import io.viewal.contract.StageResult;
import io.viewal.worker.artifact.Effort;
import io.viewal.worker.artifact.LabelSet;
import io.viewal.worker.artifact.LabelSet.FrameKey;
import io.viewal.worker.artifact.LabeledRegion;
import io.viewal.worker.artifact.SelectionCsv;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Region;
import io.viewal.worker.dataset.check.SceneFolders;
import io.viewal.worker.stage.StageRunner;
import io.viewal.worker.store.ObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** What rounds ask of the oracle, what it answers, and what that costs. */
class LabelingRoundIT extends LocalRoundsFixture {

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

    private static String round(String name, String strategy, String budget, String answer) {
        return """
                ---
                kind: ActiveLearningRound
                metadata: {name: NAME}
                spec:
                  dataset: rooms
                  seed: 7
                  strategy: STRATEGY
                  training: {epochs: 1, batchSize: 2}
                  scoring: {passes: 2}
                  selection: {budget: {BUDGET}, onShortage: TakeAll}
                  labeling: {answer: ANSWER}
                """.replace("NAME", name)
                .replace("STRATEGY", strategy)
                .replace("BUDGET", budget)
                .replace("ANSWER", answer);
    }

    private static String after(String previous, String round) {
        return round.replace("dataset: rooms", "dataset: rooms\n  previousRound: " + previous);
    }

    private List<LabeledRegion> ofRound(String round, int number) throws IOException {
        return labels(round, SIZE).regions().stream()
                .filter(region -> region.round() == number)
                .toList();
    }

    @Test
    void aClickBuysTheDominantClassOfARegionAndASeedFrameCostsItsOutlines() throws IOException {
        assertThat(run(DATASET + round("clicked", "ViewAL", "amount: 6, unit: Clicks", "Dominant")))
                .as(err::toString)
                .isEqualTo(ExitCode.OK);
        LabelSet labels = labels("clicked", SIZE);
        List<LabeledRegion> asked = ofRound("clicked", 1);
        assertThat(asked)
                .hasSize(6)
                .allSatisfy(region -> assertThat(region.effort()).hasValue(new Effort(1, 2.4)));
        // All pixels of an answer have one class.
        FrameKey frame = new FrameKey(asked.getFirst().scene(), asked.getFirst().frame());
        if (labels.regions(frame).size() == 1) {
            long pixels = asked.getFirst().pixels();
            int[] counts = new int[256];
            for (byte label : labels.labels(frame)) {
                counts[label & 0xff]++;
            }
            assertThat(counts).contains((int) pixels, SIZE.pixels() - (int) pixels);
        }
        Map<String, Double> seed = result("rooms", "prepare").metrics();
        Map<String, Double> metrics = result("clicked", "label").metrics();
        assertThat(seed.get(Metric.CLICKS)).isGreaterThan(3);
        assertThat(seed.get(Metric.LABELING_SECONDS)).isEqualTo(1.75 * seed.get(Metric.CLICKS));
        assertThat(metrics).containsEntry(Metric.ROUND_CLICKS, 6.0).containsEntry(Metric.REGIONS, 6.0);
        assertThat(metrics.get(Metric.CLICKS)).isEqualTo(seed.get(Metric.CLICKS) + 6);
        assertThat(metrics.get(Metric.LABELING_SECONDS))
                .isCloseTo(seed.get(Metric.LABELING_SECONDS) + 6 * 2.4, within(1e-9));
        assertThat(file("clicked", "label", "round.html")).content().contains("Clicks so far", "Labeling time so far");
    }

    @Test
    void exactAnswersStopInTheOrderOfChoiceBeforeTheClicksAreExceeded() throws IOException {
        assertThat(run(DATASET + round("drawn", "ViewAL", "amount: 60, unit: Clicks", "Exact")))
                .as(err::toString)
                .isEqualTo(ExitCode.OK);
        List<SelectionCsv.Row> chosen = SelectionCsv.read(Files.readString(file("drawn", "select", "selection.csv")));
        List<LabeledRegion> answered = ofRound("drawn", 1);
        assertThat(answered).hasSizeBetween(1, 20);
        assertThat(answered)
                .extracting(LabeledRegion::region)
                .containsExactlyElementsOf(chosen.subList(0, answered.size()).stream()
                        .map(SelectionCsv.Row::region)
                        .toList());
        Map<String, Double> metrics = result("drawn", "label").metrics();
        assertThat(metrics.get(Metric.ROUND_CLICKS)).isBetween(3.0, 60.0);
        assertThat(metrics)
                .containsEntry(Metric.REGIONS, (double) answered.size())
                .containsEntry(Metric.RETURNED_REGIONS, (double) chosen.size() - answered.size())
                .containsEntry(Metric.SKIPPED_REGIONS, 0.0);
        assertThat(file("drawn", "label", "round.html")).content().contains("Chosen, but the clicks were spent");
    }

    @Test
    void aRegionThatCostsMoreThanAllClicksEndsTheRoundAndIsNamed() throws IOException {
        assertThat(run(DATASET + round("poor", "Random", "amount: 2, unit: Clicks", "Exact")))
                .isEqualTo(ExitCode.BAD_REQUEST);
        assertThat(err.toString())
                .contains("The first region to label, -1 of frame", "clicks and the budget is 2", "Dominant");
    }

    @Test
    void aWholeFrameIsNamedSuperpixelBySuperpixel() throws IOException {
        assertThat(run(DATASET + round("framed", "Random", "amount: 1", "Dominant")))
                .as(err::toString)
                .isEqualTo(ExitCode.OK);
        assertThat(ofRound("framed", 1)).singleElement().satisfies(frame -> {
            assertThat(frame.region()).isEqualTo(Region.WHOLE_FRAME);
            assertThat(frame.effort().orElseThrow().clicks()).isGreaterThan(4);
        });
    }

    /** One train scene of three frames, of which one is the seed set and one has no labels. */
    @Test
    void whatIsVoidIsSkippedKeptInThePoolAndOfferedOnceAllElseIsLabeled() throws IOException {
        Path scenes = temp.resolve("scenes");
        for (int seed = 1; seed <= 3; seed++) {
            Path transforms = SceneFolders.synthetic(scenes, 3, seed).resolve("transforms.json");
            JsonNode scene = ContractJson.mapper().readTree(transforms.toFile());
            ((ObjectNode) scene.path("frames").path(1)).remove("label_path");
            ContractJson.mapper().writeValue(transforms.toFile(), scene);
        }
        String dataset =
                DATASET.replace("synthetic: {scenes: 3, framesPerScene: 4, seed: 1}", "uri: 'dir:" + scenes + "'");
        String first = round("void-0", "Random", "amount: 2, unit: Regions", "Exact");
        assertThat(run(dataset + first)).as(err::toString).isEqualTo(ExitCode.OK);
        LabelSet labels = labels("void-0", SIZE);
        assertThat(labels.regions()).hasSize(2);
        assertThat(labels.pixels()).isEqualTo(2L * SIZE.pixels());
        assertThat(labels.skipped()).singleElement().satisfies(region -> {
            assertThat(region.region()).isEqualTo(Region.WHOLE_FRAME);
            assertThat(region.round()).isEqualTo(1);
            assertThat(labels.frames()).doesNotContain(new FrameKey(region.scene(), region.frame()));
        });
        Map<String, Double> metrics = result("void-0", "label").metrics();
        assertThat(metrics)
                .containsEntry(Metric.SKIPPED_REGIONS, 1.0)
                .containsEntry(Metric.REGIONS, 1.0)
                .containsEntry(Metric.ROUND_PIXELS, (double) SIZE.pixels());
        assertThat(file("void-0", "label", "round.html")).content().contains("void, back in the pool");

        String next = after("void-0", round("void-1", "Random", "amount: 1, unit: Regions", "Exact"));
        assertThat(run(dataset + first + next)).isEqualTo(ExitCode.BAD_DATA);
        assertThat(file("void-1", "select", "selection.csv"))
                .content()
                .contains(labels.skipped().getFirst().frame());
        assertThat(err.toString()).contains("The budget exceeds what is left to label: the 1 regions", "label maps");
    }

    @Test
    void aLabelSetOfVersion1IsReadAndItsEffortCountedFromItsLabels() throws IOException {
        assertThat(run(DATASET + round("now", "ViewAL", "amount: 0.2", "Exact")))
                .as(err::toString)
                .isEqualTo(ExitCode.OK);
        Path old = temp.resolve("version-1.zip");
        withoutEffort(file("rooms", "prepare", "label-set.zip"), old);
        try (ObjectStore store = ObjectStore.open(location(), null)) {
            ArtifactRef ref = store.putArtifact("local/version-1.zip", old);
            RoundRequests requests = new RoundRequests(
                    new Owner("ActiveLearningRound", "local", "old", "0123456789"),
                    location(),
                    7,
                    result("rooms", "prepare"),
                    Optional.of(ref));
            StageRunner runner = new StageRunner(
                    store, temp.resolve("scratch"), (stage, progress) -> {}, () -> false, Clock.systemUTC());
            StageResult relabeled = runner.run(
                    requests.label(
                            LabelParametersBuilder.builder().build(),
                            result("now", "train"),
                            List.of(result("now", "score")),
                            result("now", "select")),
                    0);
            assertThat(relabeled.metrics().get(Metric.CLICKS))
                    .isEqualTo(result("now", "label").metrics().get(Metric.CLICKS));
        }
    }

    /** As version 1 was: without the version and the columns of effort. */
    private static void withoutEffort(Path labelSet, Path target) throws IOException {
        try (ZipFile zip = new ZipFile(labelSet.toFile());
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(target))) {
            for (ZipEntry entry :
                    zip.stream().filter(e -> !e.getName().equals("version")).toList()) {
                byte[] content = zip.getInputStream(entry).readAllBytes();
                if (entry.getName().equals("regions.csv")) {
                    String text = new String(content, StandardCharsets.UTF_8);
                    content = text.replaceAll("(?m),[^,]*,[^,]*$", "").getBytes(StandardCharsets.UTF_8);
                }
                out.putNextEntry(new ZipEntry(entry.getName()));
                out.write(content);
            }
        }
    }
}
