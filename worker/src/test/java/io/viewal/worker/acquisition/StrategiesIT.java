package io.viewal.worker.acquisition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viewal.api.v1alpha1.Strategy;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.acquisition.AcquisitionStrategy.RegionScore;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.selection.FavouredShare;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.example.PeakDivergence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The registry, and strategies that look at probabilities. */
class StrategiesIT {

    private static final List<String> CLASSES = List.of("Wall", "chair");
    private static final ImageSize SIZE = new ImageSize(4, 1);

    @TempDir
    Path scratch;

    private ProbabilityVolume volume;

    @BeforeEach
    void predict() throws IOException {
        volume = ProbabilityVolume.create(scratch.resolve("probabilities"), 1, 4, 2);
        volume.put(0, new float[] {1, 0.9999f, 0.9f, 0.2f, 0, 0.0001f, 0.1f, 0.8f}, "f0");
    }

    @AfterEach
    void close() {
        volume.close();
    }

    private FrameView view(List<String> classes, int round) {
        SceneView scene = new SceneView("room", SIZE, volume, new SceneView.Round(classes, 7, round));
        return new FrameView(
                scene,
                "f0",
                0,
                new char[] {0, 0, 1, 1},
                new FrameView.Maps(new float[4], new float[] {0, 3, 1, 2}, null),
                new BitSet(),
                new BitSet());
    }

    @Test
    void theClusterKnowsTheSameNames() {
        assertThat(Strategies.names())
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Strategy.values()).map(Enum::name).toList());
    }

    @Test
    void theDocumentationNamesThemAll() throws IOException {
        String page = Files.readString(Path.of("../src/site/strategies.md"));
        assertThat(Strategies.names()).allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
    }

    @Test
    void theExampleOfTheDocumentationIsTheOneUnderTest() throws IOException {
        String code = Files.readString(Path.of("src/test/java/org/example/PeakDivergence.java"));
        assertThat(Files.readString(Path.of("../src/site/strategies.md"))).contains(code);
    }

    @Test
    void aStrategyOnTheClassPathIsFoundByItsName() {
        AcquisitionStrategy own = Strategies.named("example.org/PeakDivergence");
        assertThat(own).isInstanceOf(PeakDivergence.class);
        assertThat(own.score(view(CLASSES, 0))).extracting(RegionScore::score).containsExactly(3.0, 2.0);
    }

    @Test
    void superpixelsOfForegroundComeFirst() {
        List<RegionScore> scores = new ForegroundRandom().score(view(CLASSES, 0));
        assertThat(scores.get(0).score()).isBetween(0.0, 1.0);
        assertThat(scores.get(1).score()).isBetween(1.0, 2.0);
        assertThat(new ForegroundRandom().score(view(CLASSES, 0))).isEqualTo(scores);
    }

    @Test
    void theControlsDrawAlikeAndDifferInTheShareOfForeground() {
        List<RegionScore> scores = new ForegroundRandom().score(view(CLASSES, 0));
        for (ForegroundRandom control : List.of(ForegroundRandom.twoThirds(), ForegroundRandom.oneThird())) {
            assertThat(control.score(view(CLASSES, 0))).isEqualTo(scores);
            assertThatThrownBy(() -> control.score(view(List.of(), 0))).hasMessageStartingWith(control.name());
        }
        assertThat(Strategies.named("ForegroundRandom").selection()).isEqualTo(new FavouredShare(1));
        assertThat(Strategies.named("ForegroundRandom66").selection()).isEqualTo(new FavouredShare(2 / 3.0));
        assertThat(Strategies.named("ForegroundRandom33").selection()).isEqualTo(new FavouredShare(1 / 3.0));
    }

    @Test
    void foregroundNeedsAClassThatIsBackground() {
        assertThatThrownBy(() -> new ForegroundRandom().score(view(List.of("table", "chair"), 0)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("wall, floor or ceiling")
                .hasMessageContaining("[table, chair]");
        assertThatThrownBy(() -> new ForegroundRandom().score(view(List.of(), 0)))
                .hasMessageContaining("not known");
    }

    @Test
    void pseudoLabelsAreOfPixelsThatTheNetworkIsSureOfAndGrowFewer() {
        // The entropies are 0, 0.0015, 0.47 and 0.72 bits.
        assertThat(new Ceal().pseudoLabels(view(CLASSES, 0))).containsExactly(0, 0, 255, 255);
        assertThat(new Ceal().pseudoLabels(view(CLASSES, 11))).containsExactly(0, 255, 255, 255);
        assertThat(new Ceal(0.8).pseudoLabels(view(CLASSES, 0))).containsExactly(0, 0, 0, 1);
        assertThat(new Ceal().pseudoLabels(view(CLASSES, 20))).containsExactly(255, 255, 255, 255);
    }

    @Test
    void anUnknownStrategyNamesTheKnownOnes() {
        assertThatThrownBy(() -> Strategies.named("Best"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("'Best'")
                .hasMessageContaining("CoreSet")
                .hasMessageContaining("example.org/PeakDivergence");
    }
}
