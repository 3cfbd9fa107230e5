package io.viewal.worker.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.viewal.contract.SelectParameters.Budget;
import io.viewal.contract.SelectParameters.Unit;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.kernel.ProjectionRule;
import io.viewal.worker.kernel.ProjectionRule.UnknownDepth;
import io.viewal.worker.kernel.VectorProjection;
import io.viewal.worker.npy.NpyFile;
import io.viewal.worker.selection.Candidate;
import io.viewal.worker.selection.Choices;
import io.viewal.worker.selection.KCentres;
import io.viewal.worker.selection.LabelingBudget;
import io.viewal.worker.selection.OverlapIndex;
import io.viewal.worker.selection.OverlapIndexBuilder;
import io.viewal.worker.selection.Ranking;
import io.viewal.worker.selection.Representatives;
import io.viewal.worker.selection.UncoveredRegions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The rules of selection choose what the published implementation does, in its order. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SelectionRuleParityTest {

    private static final int SUPERPIXELS = 42;
    private static final ImageSize ONE_PIXEL = new ImageSize(1, 1);

    private Golden golden;
    private JsonNode expected;

    @BeforeAll
    void findGolden() throws IOException {
        golden = Golden.require();
        expected = new ObjectMapper()
                .readTree(golden.file("baselines/baselines.json").toFile());
    }

    @Test
    void superpixelsAreRankedByTheirVoteEntropy() throws IOException {
        List<String> published = regions("rmcdr_spx_nooverlap_budget6", 37);
        Choices choices = choices(voteEntropies(37), List.of(), List.of());
        assertThat(named(Ranking.UNTIL_SPENT.choose(choices, regions(published.size()))))
                .isEqualTo(published);
    }

    @Test
    void superpixelsThatAChosenOneMeetsAreLeftOut() throws IOException {
        char[][] superpixels = new char[Golden.FRAMES][];
        for (int f = 0; f < Golden.FRAMES; f++) {
            superpixels[f] = golden.superpixels(f);
        }
        ProjectionRule rule = new ProjectionRule(0.1, false, UnknownDepth.NO_POINT);
        OverlapIndex overlap = OverlapIndexBuilder.build(golden.geometry(rule, new VectorProjection()), superpixels);
        // What is chosen in one scene does not depend on the other, but for where the budget ends.
        List<String> published = regions("rmcdr_spx_overlap_budget6", Golden.FRAMES);
        Choices choices = choices(voteEntropies(Golden.FRAMES), List.of(overlap), List.of());
        assertThat(named(new UncoveredRegions().choose(choices, regions(published.size()))))
                .isEqualTo(published);
    }

    @Test
    void coreSetTakesThePublishedFrames() throws IOException {
        JsonNode published = expected.get("coreset");
        List<Integer> labeled = integers(published.get("already_selected"));
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            candidates.add(new Candidate(0, i, 1, 0, Double.NaN, labeled.contains(i)));
        }
        assertThat(new KCentres().choose(choices(candidates, List.of(), features()), regions(20)))
                .isEqualTo(integers(published.get("order20")));
    }

    @Test
    void representativesAreThePublishedOnes() throws IOException {
        JsonNode published = expected.get("maxrepr");
        List<Integer> pool = integers(published.get("candidate_rows"));
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            double score = pool.contains(i) ? 100 - pool.indexOf(i) : 0;
            candidates.add(new Candidate(0, i, 1, score, Double.NaN, false));
        }
        List<Integer> order =
                integers(published.get("order8")).stream().map(pool::get).toList();
        assertThat(new Representatives().choose(choices(candidates, List.of(), features()), regions(8)))
                .isEqualTo(order);
    }

    private List<float[]> features() throws IOException {
        NpyFile array = NpyFile.open(golden.file("baselines/features_60x24.npy"));
        List<float[]> features = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            features.add(array.floats(i * 24L, 24));
        }
        return features;
    }

    /** Superpixels by the stored means; all of one size, since the budget counts regions. */
    private List<Candidate> voteEntropies(int frames) throws IOException {
        NpyFile means = NpyFile.open(golden.file("baselines/vote_hard_spxmean.npy"));
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < frames * SUPERPIXELS; i++) {
            candidates.add(new Candidate(0, i, 1, means.get(i), Double.NaN, false));
        }
        return candidates;
    }

    private List<String> regions(String key, int frames) {
        List<String> names = new ArrayList<>();
        for (JsonNode region : expected.get(key)) {
            if (region.get(0).asInt() < frames) {
                names.add(region.get(0).asInt() + "," + region.get(1).asInt());
            }
        }
        return names;
    }

    private static List<String> named(List<Integer> chosen) {
        return chosen.stream().map(i -> i / SUPERPIXELS + "," + i % SUPERPIXELS).toList();
    }

    private static List<Integer> integers(JsonNode array) {
        List<Integer> values = new ArrayList<>();
        array.forEach(value -> values.add(value.asInt()));
        return values;
    }

    private static Choices choices(List<Candidate> candidates, List<OverlapIndex> overlaps, List<float[]> features) {
        Choices.Options options = new Choices.Options(true, 0.25, false, false);
        return new Choices(candidates, overlaps, features, new BitSet(), options);
    }

    private static LabelingBudget regions(int amount) {
        return new LabelingBudget(new Budget(amount, Unit.Regions), ONE_PIXEL);
    }
}
