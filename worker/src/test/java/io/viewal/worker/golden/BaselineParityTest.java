package io.viewal.worker.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.viewal.contract.SelectParameters.Budget;
import io.viewal.contract.SelectParameters.Unit;
import io.viewal.worker.acquisition.AcquisitionStrategy;
import io.viewal.worker.acquisition.AcquisitionStrategy.RegionScore;
import io.viewal.worker.acquisition.Ceal;
import io.viewal.worker.acquisition.ProbabilityVolume;
import io.viewal.worker.acquisition.Strategies;
import io.viewal.worker.acquisition.VoteCounter;
import io.viewal.worker.dataset.Region;
import io.viewal.worker.dataset.VoidLabel;
import io.viewal.worker.npy.NpyFile;
import io.viewal.worker.selection.Candidate;
import io.viewal.worker.selection.Choices;
import io.viewal.worker.selection.LabelingBudget;
import io.viewal.worker.selection.Ranking;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The strategies that the paper compares with score and rank as the published implementation does. Its figures are of 37
 * frames; the probabilities of the ten frames of the first scene can be made again here.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BaselineParityTest {

    private static final int PASSES = 20;

    private Golden golden;
    private JsonNode expected;

    /** Single predictions, the mean of the dropout passes, and the entropy of their votes. */
    private GoldenViews single;

    private GoldenViews mean;
    private final float[][] voteEntropy = new float[Golden.FRAMES][];
    private final long[] voteDigests = new long[Golden.FRAMES];
    private byte[] firstVotes;

    @BeforeAll
    void makeThePredictions(@TempDir Path scratch) throws IOException {
        golden = Golden.require();
        expected = new ObjectMapper()
                .readTree(golden.file("baselines/baselines.json").toFile());
        int pixels = Golden.SIZE.pixels();
        ProbabilityVolume one = ProbabilityVolume.create(scratch.resolve("one"), Golden.FRAMES, pixels, Golden.CLASSES);
        ProbabilityVolume all = ProbabilityVolume.create(scratch.resolve("all"), Golden.FRAMES, pixels, Golden.CLASSES);
        IntStream.range(0, Golden.FRAMES).parallel().forEach(frame -> {
            long[] weights = GoldenProbabilities.weightsB(frame, labels(frame));
            one.put(frame, GoldenProbabilities.ofWeights(weights), "frame-" + frame);
            all.put(frame, sampled(frame, weights), "frame-" + frame);
        });
        single = new GoldenViews(golden, one);
        mean = new GoldenViews(golden, all);
    }

    private byte[] labels(int frame) {
        try {
            return golden.labels(frame);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The mean of a frame's passes; remembers what they voted for. */
    private float[] sampled(int frame, long[] weights) {
        VoteCounter counter = new VoteCounter(Golden.CLASSES, Golden.SIZE.pixels());
        double[] sum = new double[weights.length];
        CRC32 digest = new CRC32();
        byte[] votes = new byte[PASSES * Golden.SIZE.pixels()];
        for (int pass = 0; pass < PASSES; pass++) {
            float[] p = GoldenProbabilities.passOfB(frame, pass, weights);
            counter.add(p);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += p[i] / PASSES;
            }
            vote(p, votes, pass);
        }
        digest.update(votes);
        voteDigests[frame] = digest.getValue();
        if (frame == 0) {
            firstVotes = votes;
        }
        voteEntropy[frame] = counter.entropy();
        float[] means = new float[sum.length];
        for (int i = 0; i < sum.length; i++) {
            means[i] = (float) sum[i];
        }
        return means;
    }

    private static void vote(float[] p, byte[] votes, int pass) {
        int pixels = Golden.SIZE.pixels();
        for (int pixel = 0; pixel < pixels; pixel++) {
            int winner = 0;
            for (int c = 1; c < Golden.CLASSES; c++) {
                winner = p[c * pixels + pixel] > p[winner * pixels + pixel] ? c : winner;
            }
            votes[pass * pixels + pixel] = (byte) winner;
        }
    }

    @Test
    void theVotesAreThePublishedOnes() throws IOException {
        for (int frame = 0; frame < Golden.FRAMES; frame++) {
            assertThat(voteDigests[frame])
                    .as("frame %d", frame)
                    .isEqualTo(expected.get("votes_crc32").get(frame).asLong());
        }
        NpyFile votes = NpyFile.open(golden.file("baselines/votes_frame0.npy"));
        assertThat(firstVotes).isEqualTo(votes.bytes(0, PASSES * Golden.SIZE.pixels()));
    }

    @ParameterizedTest
    @CsvSource({
        "SoftmaxEntropy, softmax_entropy, false",
        "Ceal, softmax_entropy, false",
        "LeastConfidence, softmax_confidence, true",
        "Margin, softmax_margin, true"
    })
    void framesAreScoredAsPublished(String strategy, String key, boolean smallestFirst) throws IOException {
        JsonNode scores = expected.get(key).get("scores");
        for (int frame = 0; frame < Golden.FRAMES; frame++) {
            double score = score(strategy, single, frame).score();
            assertThat(smallestFirst ? 1 - score : score)
                    .as("frame %d", frame)
                    .isCloseTo(scores.get(frame).asDouble(), within(2e-6));
        }
        assertThat(ranked(doubles(scores), smallestFirst, 10))
                .isEqualTo(integers(expected.get(key).get("selected10")));
    }

    @ParameterizedTest
    @CsvSource({"McDropoutEntropy", "MaxRepresentativeness"})
    void dropoutEntropyIsThePublishedSum(String strategy) throws IOException {
        JsonNode sums = expected.get("mcdr_soft_sum");
        for (int frame = 0; frame < Golden.FRAMES; frame++) {
            // The published sum is of 76,800 single-precision numbers.
            assertThat(score(strategy, mean, frame).score())
                    .as("frame %d", frame)
                    .isCloseTo(sums.get(frame).asDouble(), within(0.05));
        }
        assertThat(ranked(doubles(sums), false, 10)).isEqualTo(integers(expected.get("mcdr_selected10")));
    }

    private static RegionScore score(String strategy, GoldenViews views, int frame) throws IOException {
        List<RegionScore> scores = Strategies.named(strategy).score(views.view(frame, null));
        assertThat(scores).hasSize(1);
        assertThat(scores.getFirst().region()).isEqualTo(Region.WHOLE_FRAME);
        return scores.getFirst();
    }

    private static List<Integer> ranked(double[] scores, boolean smallestFirst, int frames) {
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < scores.length; i++) {
            double score = smallestFirst ? -scores[i] : scores[i];
            candidates.add(new Candidate(0, i, Golden.SIZE.pixels(), score, Double.NaN, false));
        }
        return Ranking.UNTIL_SPENT.choose(choices(candidates), images(frames));
    }

    @Test
    void pseudoLabelsAreThePublishedOnes() throws IOException {
        NpyFile maps = NpyFile.open(golden.file("baselines/ceal_pseudo_thr1.2.npy"));
        int pixels = Golden.SIZE.pixels();
        JsonNode counts = expected.get("ceal_1.2").get("pseudo_pixels");
        for (int frame = 0; frame < Golden.FRAMES; frame++) {
            if (counts.has(Integer.toString(frame))) {
                byte[] own = new Ceal(1.2).pseudoLabels(single.view(frame, null));
                assertThat(own).as("frame %d", frame).isEqualTo(maps.bytes((long) frame * pixels, pixels));
                assertThat(labeled(own))
                        .isEqualTo(counts.get(Integer.toString(frame)).asInt());
            }
        }
    }

    private static int labeled(byte[] labels) {
        int count = 0;
        for (byte label : labels) {
            count += label == (byte) VoidLabel.ID ? 0 : 1;
        }
        return count;
    }

    @Test
    void voteEntropyIsThePublishedOne() throws IOException {
        NpyFile maps = NpyFile.open(golden.file("baselines/vote_hard_entropy_maps_frames0-9_f32.npy"));
        NpyFile means = NpyFile.open(golden.file("baselines/vote_hard_spxmean.npy"));
        AcquisitionStrategy strategy = Strategies.named("RegionalMcDropout");
        int pixels = Golden.SIZE.pixels();
        for (int frame = 0; frame < Golden.FRAMES; frame++) {
            var view = single.view(frame, voteEntropy[frame]);
            float[] published = maps.floats((long) frame * pixels, pixels);
            assertThat(view.voteEntropy()).containsExactly(published, org.assertj.core.data.Offset.offset(1e-5f));
            List<RegionScore> scores = strategy.score(view);
            assertThat(scores).hasSize(means.shape()[1]);
            for (int id = 0; id < scores.size(); id++) {
                assertThat(scores.get(id).region()).isEqualTo(new Region.Superpixel(id));
                assertThat(scores.get(id).score())
                        .isCloseTo(means.get((long) frame * scores.size() + id), within(1e-5));
            }
        }
    }

    @Test
    void windowsAreThePublishedOnes() throws IOException {
        AcquisitionStrategy strategy = Strategies.named("RegionalMcDropoutWindows");
        for (int frame = 0; frame < Golden.FRAMES; frame++) {
            List<JsonNode> windows = new ArrayList<>();
            for (JsonNode window : expected.get("rmcdr_window_all_candidates")) {
                // The published list goes on with windows of nothing.
                if (window.get(0).asInt() == frame && window.get(3).asDouble() > 0) {
                    windows.add(window);
                }
            }
            List<RegionScore> scores = strategy.score(single.view(frame, voteEntropy[frame]));
            assertThat(scores)
                    .extracting(RegionScore::region)
                    .as("frame %d", frame)
                    .containsExactlyElementsOf(windows.stream()
                            .map(w -> (Region)
                                    new Region.Window(w.get(2).asInt(), w.get(1).asInt(), 65, 65))
                            .toList());
            for (int i = 0; i < windows.size(); i++) {
                assertThat(scores.get(i).score())
                        .isCloseTo(windows.get(i).get(3).asDouble(), within(0.02));
            }
        }
    }

    @Test
    void windowsAreRankedAndCutAsPublished() {
        List<Candidate> candidates = new ArrayList<>();
        JsonNode all = expected.get("rmcdr_window_all_candidates");
        for (JsonNode window : all) {
            candidates.add(
                    new Candidate(0, candidates.size(), 65 * 65, window.get(3).asDouble(), Double.NaN, false));
        }
        List<JsonNode> chosen = Ranking.NEAREST.choose(choices(candidates), images(6)).stream()
                .map(all::get)
                .toList();
        List<JsonNode> published = new ArrayList<>();
        expected.get("rmcdr_window_budget6").forEach(published::add);
        assertThat(chosen).isEqualTo(published);
    }

    private static Choices choices(List<Candidate> candidates) {
        return new Choices(
                candidates, List.of(), List.of(), new BitSet(), new Choices.Options(true, 0.25, false, false));
    }

    private static LabelingBudget images(double amount) {
        return new LabelingBudget(new Budget(amount, Unit.Images), Golden.SIZE);
    }

    private static double[] doubles(JsonNode array) {
        double[] values = new double[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).asDouble();
        }
        return values;
    }

    private static List<Integer> integers(JsonNode array) {
        List<Integer> values = new ArrayList<>();
        array.forEach(value -> values.add(value.asInt()));
        return values;
    }
}
