package io.viewal.worker.acquisition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.CameraPose;
import io.viewal.worker.dataset.Frame;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Intrinsics;
import io.viewal.worker.geometry.SceneGeometry;
import io.viewal.worker.kernel.Consensus;
import io.viewal.worker.kernel.Projection;
import io.viewal.worker.kernel.ProjectionRule;
import io.viewal.worker.kernel.ProjectionRule.UnknownDepth;
import io.viewal.worker.kernel.ScalarConsensus;
import io.viewal.worker.kernel.ScalarProjection;
import io.viewal.worker.kernel.VectorConsensus;
import io.viewal.worker.kernel.VectorProjection;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;

/** What holds for view entropy and view divergence of any scene. */
class ViewScoresPropertyTest {

    private static final Offset<Float> TOLERANCE = Offset.offset(1e-5f);

    /** Sizes that are no multiple of the tiles or the vectors; depths unknown, infinite and NaN among the others. */
    private record Scene(ImageSize size, List<Frame> frames, List<float[]> depths, int classes, long seed) {

        static Scene random(long seed, int frames, int width, int height, int classes) {
            Random random = new Random(seed);
            List<Frame> views = new ArrayList<>();
            List<float[]> depths = new ArrayList<>();
            for (int f = 0; f < frames; f++) {
                views.add(new Frame(
                        "f" + f,
                        new Intrinsics(width * 0.9, width * 0.95, width / 2.0, height / 2.0 - 0.3),
                        pose(random)));
                float[] depth = new float[width * height];
                for (int i = 0; i < depth.length; i++) {
                    depth[i] = random.nextInt(20) == 0 ? unknown(random) : 1 + random.nextFloat();
                }
                depths.add(depth);
            }
            return new Scene(new ImageSize(width, height), views, depths, classes, seed);
        }

        private static float unknown(Random random) {
            return new float[] {0, Float.NaN, Float.POSITIVE_INFINITY, -1}[random.nextInt(4)];
        }

        private static CameraPose pose(Random random) {
            double angle = random.nextGaussian() * 0.3;
            double c = Math.cos(angle);
            double s = Math.sin(angle);
            double[] t = {random.nextGaussian() * 0.3, random.nextGaussian() * 0.3, random.nextGaussian() * 0.3};
            return new CameraPose(new double[] {c, 0, s, t[0], 0, 1, 0, t[1], -s, 0, c, t[2], 0, 0, 0, 1});
        }

        ProbabilityVolume volume(Path file) throws IOException {
            ProbabilityVolume volume = ProbabilityVolume.create(file, frames.size(), size.pixels(), classes);
            for (int f = 0; f < frames.size(); f++) {
                volume.put(f, probabilities(f), "f" + f);
            }
            return volume;
        }

        private float[] probabilities(int frame) {
            return ViewScoresPropertyTest.probabilities(new Random(seed * 31 + frame), size.pixels(), classes);
        }

        boolean known(int frame, int pixel) {
            float depth = depths.get(frame)[pixel];
            return depth > 0 && depth < Float.POSITIVE_INFINITY;
        }

        /** The entropy of each pixel's own prediction: float32 [pixels], bits. */
        float[] entropies(int frame) {
            float[] p = probabilities(frame);
            float[] entropies = new float[size.pixels()];
            for (int pixel = 0; pixel < entropies.length; pixel++) {
                double entropy = 0;
                for (int c = 0; c < classes; c++) {
                    double q = p[c * entropies.length + pixel];
                    entropy -= q * (Math.log(q + 1e-12) / Math.log(2));
                }
                entropies[pixel] = (float) entropy;
            }
            return entropies;
        }

        /** Of the predictions as they are, not as a volume keeps them. */
        Consensus inDoublePrecision() {
            return new ScalarConsensus(
                    IntStream.range(0, frames.size())
                            .mapToObj(this::probabilities)
                            .toList(),
                    size.pixels());
        }

        float[][][] maps(Path folder, Projection projection, Supplier<Consensus> consensus, ProjectionRule rule)
                throws IOException {
            float[][][] maps = new float[2][frames.size()][];
            SceneGeometry geometry =
                    new SceneGeometry(size, frames, f -> MemorySegment.ofArray(depths.get(f)), rule, projection);
            try (ProbabilityVolume volume = volume(folder.resolve("volume"))) {
                new ViewScores(geometry, volume, consensus).compute(2, (frame, entropy, divergence) -> {
                    maps[0][frame] = entropy;
                    maps[1][frame] = divergence;
                });
            }
            return maps;
        }
    }

    /** Some classes are nearly certain, some impossible; of some frames all pixels are sure of something. */
    private static float[] probabilities(Random random, int pixels, int classes) {
        float[] p = new float[classes * pixels];
        double sharpness = random.nextInt(3) == 0 ? 8 + 8 * random.nextDouble() : 0;
        for (int pixel = 0; pixel < pixels; pixel++) {
            double[] weights = new double[classes];
            double sum = 0;
            for (int c = 0; c < classes; c++) {
                weights[c] = sharpness > 0
                        ? Math.exp(sharpness * random.nextGaussian())
                        : random.nextInt(4) == 0 ? 0 : Math.pow(random.nextDouble(), 8);
                sum += weights[c];
            }
            for (int c = 0; c < classes; c++) {
                p[c * pixels + pixel] = sum == 0 ? 1f / classes : (float) (weights[c] / sum);
            }
        }
        return p;
    }

    @Property(tries = 40)
    void theFastMapsAreThoseOfDoublePrecision(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 9) int frames,
            @ForAll @IntRange(min = 1, max = 70) int width,
            @ForAll @IntRange(min = 1, max = 40) int height,
            @ForAll @IntRange(min = 1, max = 97) int classes,
            @ForAll boolean reference)
            throws IOException {
        Scene scene = Scene.random(seed, frames, width, height, classes);
        ProjectionRule rule = reference ? new ProjectionRule(1.0, false, UnknownDepth.AT_THE_CAMERA) : corrected(0.2);
        Path folder = Files.createTempDirectory("view-scores");
        try {
            float[][][] fast = scene.maps(folder, new VectorProjection(), VectorConsensus::new, rule);
            float[][][] scalar = scene.maps(folder, new ScalarProjection(), scene::inDoublePrecision, rule);
            for (int map = 0; map < 2; map++) {
                for (int f = 0; f < frames; f++) {
                    assertClose(fast[map][f], scalar[map][f]);
                }
            }
        } finally {
            Files.deleteIfExists(folder.resolve("volume"));
            Files.delete(folder);
        }
    }

    /** The rule of mode corrected. */
    private static ProjectionRule corrected(double distance) {
        return new ProjectionRule(distance, true, UnknownDepth.OWN_VIEW);
    }

    private static void assertClose(float[] map, float[] expected) {
        assertThat(map).hasSameSizeAs(expected);
        for (int pixel = 0; pixel < map.length; pixel++) {
            assertThat(map[pixel]).isCloseTo(expected[pixel], TOLERANCE);
        }
    }

    @Property(tries = 20)
    void aSingleFrameHasItsOwnEntropyAndNoDivergence(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 41) int classes) throws IOException {
        Scene scene = Scene.random(seed, 1, 33, 17, classes);
        ownScoresAlone(scene);
    }

    @Property(tries = 20)
    void framesThatSeeNothingInCommonAreScoredByThemselves(@ForAll long seed) throws IOException {
        Scene near = Scene.random(seed, 3, 33, 17, 5);
        List<Frame> apart = new ArrayList<>();
        for (Frame frame : near.frames()) {
            double[] pose = frame.pose().matrix();
            pose[3] += 1000 * apart.size();
            apart.add(new Frame(frame.name(), frame.intrinsics(), new CameraPose(pose)));
        }
        ownScoresAlone(new Scene(near.size(), apart, near.depths(), near.classes(), seed));
    }

    private static void ownScoresAlone(Scene scene) throws IOException {
        Path folder = Files.createTempDirectory("view-scores");
        try {
            float[][][] maps = scene.maps(folder, new VectorProjection(), VectorConsensus::new, corrected(0.1));
            for (int f = 0; f < scene.frames().size(); f++) {
                float[] own = scene.entropies(f);
                for (int pixel = 0; pixel < own.length; pixel++) {
                    assertThat(maps[0][f][pixel]).isCloseTo(own[pixel], TOLERANCE);
                    assertThat(maps[1][f][pixel]).isZero();
                }
            }
        } finally {
            Files.deleteIfExists(folder.resolve("volume"));
            Files.delete(folder);
        }
    }

    @Property(tries = 20)
    void aPixelOfUnknownDepthIsScoredByItsOwnPredictionAlone(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 41) int classes) throws IOException {
        Scene scene = Scene.random(seed, 4, 33, 17, classes);
        Path folder = Files.createTempDirectory("view-scores");
        try {
            float[][][] fast = scene.maps(folder, new VectorProjection(), VectorConsensus::new, corrected(0.2));
            float[][][] scalar = scene.maps(folder, new ScalarProjection(), scene::inDoublePrecision, corrected(0.2));
            for (int f = 0; f < scene.frames().size(); f++) {
                float[] own = scene.entropies(f);
                for (int pixel = 0; pixel < own.length; pixel++) {
                    if (!scene.known(f, pixel)) {
                        assertThat(fast[0][f][pixel]).isCloseTo(own[pixel], TOLERANCE);
                        assertThat(scalar[0][f][pixel]).isEqualTo(own[pixel]);
                        assertThat(fast[1][f][pixel]).isZero();
                        assertThat(scalar[1][f][pixel]).isZero();
                    }
                }
            }
        } finally {
            Files.deleteIfExists(folder.resolve("volume"));
            Files.delete(folder);
        }
    }

    @Property(tries = 10)
    void pixelsOfUnknownDepthLeaveAllOthersAsTheyAre(@ForAll long seed) throws IOException {
        Scene scene = Scene.random(seed, 4, 33, 17, 7);
        Path folder = Files.createTempDirectory("view-scores");
        try {
            float[][][] own = scene.maps(folder, new VectorProjection(), VectorConsensus::new, corrected(0.2));
            float[][][] none = scene.maps(
                    folder,
                    new VectorProjection(),
                    VectorConsensus::new,
                    new ProjectionRule(0.2, true, UnknownDepth.NO_POINT));
            for (int map = 0; map < 2; map++) {
                for (int f = 0; f < scene.frames().size(); f++) {
                    for (int pixel = 0; pixel < scene.size().pixels(); pixel++) {
                        assertThat(none[map][f][pixel]).isEqualTo(scene.known(f, pixel) ? own[map][f][pixel] : 0);
                    }
                }
            }
        } finally {
            Files.deleteIfExists(folder.resolve("volume"));
            Files.delete(folder);
        }
    }

    @Property(tries = 10)
    void framesWithoutAnyDepthAreScoredByTheirOwnPredictionsAlone(@ForAll long seed) throws IOException {
        Scene scene = Scene.random(seed, 3, 33, 17, 5);
        scene.depths().forEach(depth -> Arrays.fill(depth, 0));
        ownScoresAlone(scene);
    }

    @Property(tries = 50)
    void oneWrongNumberAnywhereIsRefused(
            @ForAll @IntRange(min = 0, max = 3 * 130 - 1) int at, @ForAll @IntRange(min = 0, max = 4) int kind)
            throws IOException {
        float wrong = new float[] {Float.NaN, Float.POSITIVE_INFINITY, -0.5f, 1.5f, Float.NEGATIVE_INFINITY}[kind];
        float[] p = probabilities(new Random(1), 130, 3);
        p[at] = wrong;
        Path file = Files.createTempFile("view-scores", "");
        try (ProbabilityVolume volume = ProbabilityVolume.create(file, 1, 130, 3)) {
            assertThatThrownBy(() -> volume.put(0, p, "hall"))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("'hall'")
                    .hasMessageContaining("pixel " + at % 130);
        } finally {
            Files.delete(file);
        }
    }

    @Property(tries = 20)
    void theMostProbableClassIsTheFirstOfTheGreatest(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 41) int classes) throws IOException {
        Random random = new Random(seed);
        List<float[]> frames = List.of(withTies(random, 50, classes), withTies(random, 50, classes));
        Path file = Files.createTempFile("view-scores", "");
        try (ProbabilityVolume volume = ProbabilityVolume.create(file, 2, 50, classes)) {
            volume.put(1, frames.get(1), "kitchen");
            volume.put(0, frames.get(0), "hall");
            for (int frame = 0; frame < 2; frame++) {
                float[] p = frames.get(frame);
                byte[] found = volume.prediction(frame);
                for (int pixel = 0; pixel < 50; pixel++) {
                    int winner = 0;
                    for (int c = 1; c < classes; c++) {
                        winner = p[c * 50 + pixel] > p[winner * 50 + pixel] ? c : winner;
                    }
                    assertThat(found[pixel]).isEqualTo((byte) winner);
                }
            }
        } finally {
            Files.delete(file);
        }
    }

    /** Probabilities of which several are often the greatest. */
    private static float[] withTies(Random random, int pixels, int classes) {
        float[] p = new float[classes * pixels];
        for (int pixel = 0; pixel < pixels; pixel++) {
            int sum = 0;
            for (int c = 0; c < classes; c++) {
                int part = 1 + random.nextInt(3);
                p[c * pixels + pixel] = part;
                sum += part;
            }
            for (int c = 0; c < classes; c++) {
                p[c * pixels + pixel] /= sum;
            }
        }
        return p;
    }
}
