package io.viewal.worker.acquisition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.viewal.worker.acquisition.AcquisitionStrategy.RegionScore;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Region;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is made of the votes of dropout passes. */
class VotesTest {

    private static FrameView view(ImageSize size, char[] superpixels, float[] votes, BitSet labeled) {
        SceneView scene = new SceneView("room", size, null, new SceneView.Round(List.of(), 0, 0));
        return new FrameView(scene, "f0", 0, superpixels, new FrameView.Maps(null, null, votes), labeled, new BitSet());
    }

    private static float[] evenly(ImageSize size, float bits) {
        float[] map = new float[size.pixels()];
        Arrays.fill(map, bits);
        return map;
    }

    @Test
    void entropyIsOfTheSharesOfThePasses() {
        VoteCounter counter = new VoteCounter(3, 2);
        counter.add(new float[] {0.6f, 0.1f, 0.3f, 0.8f, 0.1f, 0.1f});
        counter.add(new float[] {0.1f, 0.1f, 0.8f, 0.8f, 0.1f, 0.1f});
        assertThat(counter.entropy()[0]).isCloseTo(1, within(1e-6f));
        assertThat(counter.entropy()[1]).isZero();
    }

    @Test
    void aTieIsAVoteForTheLowerId() {
        VoteCounter counter = new VoteCounter(2, 1);
        counter.add(new float[] {0.5f, 0.5f});
        counter.addVotes(new byte[] {0});
        assertThat(counter.entropy()).containsExactly(0);
        counter.clear();
        counter.addVotes(new byte[] {0});
        counter.addVotes(new byte[] {1});
        assertThat(counter.entropy()[0]).isCloseTo(1, within(1e-6f));
    }

    @Test
    void aSuperpixelScoresTheMeanOfItsPixels() {
        ImageSize size = new ImageSize(2, 2);
        FrameView view = view(size, new char[] {0, 1, 1, 1}, new float[] {0.25f, 1, 0, 0.5f}, new BitSet());
        assertThat(new RegionalMcDropout(false).score(view))
                .extracting(RegionScore::score)
                .containsExactly(0.25, 0.5);
    }

    @Test
    void windowsDoNotMeet() {
        ImageSize size = new ImageSize(320, 240);
        List<RegionScore> windows = new RegionalMcDropoutWindows()
                .score(view(size, new char[size.pixels()], evenly(size, 1), new BitSet()));
        assertThat(windows)
                .hasSizeGreaterThan(5)
                .allSatisfy(w -> assertThat(w.score()).isEqualTo(65 * 65));
        BitSet covered = new BitSet();
        for (RegionScore window : windows) {
            BitSet pixels = window.region().pixels(new char[0], size);
            assertThat(pixels.cardinality()).isEqualTo(window.pixels()).isEqualTo(65 * 65);
            assertThat(covered.intersects(pixels)).isFalse();
            covered.or(pixels);
        }
    }

    @Test
    void whatIsLabeledIsWorthNothingAndCostsNothing() {
        ImageSize size = new ImageSize(130, 65);
        Region left = new Region.Window(0, 0, 65, 65);
        BitSet labeled = left.pixels(new char[0], size);
        List<RegionScore> windows =
                new RegionalMcDropoutWindows().score(view(size, new char[0], evenly(size, 1), labeled));
        assertThat(windows)
                .containsExactly(new RegionScore(new Region.Window(65, 0, 65, 65), 65 * 65, 65 * 65, Double.NaN));
        labeled.set(0, size.pixels());
        assertThat(new RegionalMcDropoutWindows().score(view(size, new char[0], evenly(size, 1), labeled)))
                .isEmpty();
    }

    @Test
    void aSmallFrameIsOneWindow() {
        ImageSize size = new ImageSize(40, 30);
        assertThat(new RegionalMcDropoutWindows().score(view(size, new char[0], evenly(size, 1), new BitSet())))
                .containsExactly(new RegionScore(new Region.Window(0, 0, 40, 30), 1200, 1200, Double.NaN));
    }

    @Test
    void aStrategyThatDidNotAskForVotesIsToldSo() {
        FrameView view = view(new ImageSize(1, 1), new char[1], null, new BitSet());
        assertThatThrownBy(view::voteEntropy)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("needs()");
    }
}
