package io.viewal.worker.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** The projection with vectors finds the very hits of the scalar one, where single precision alone would not too. */
class VectorProjectionPropertyTest {

    private static final int WIDTH = 331;
    private static final int HEIGHT = 37;
    private static final double FOCAL = 300;

    @Property(tries = 300)
    void findsTheSameHits(@ForAll long seed, @ForAll @DoubleRange(min = 0.01, max = 2) double distance) {
        Random random = new Random(seed);
        float wall = 1 + random.nextFloat() * 3;
        same(
                transform(random, random.nextDouble() * 0.5),
                distance,
                depths(random, wall),
                depths(random, wall),
                new PixelBlock(
                        random.nextInt(90), random.nextInt(10), 91 + random.nextInt(240), 11 + random.nextInt(26)));
    }

    @Property(tries = 50)
    void roundsHalvesToTheEvenPixel(@ForAll @IntRange(min = -9, max = 9) int pixels, @ForAll boolean exactly) {
        // A shift by so many pixels and a half, or by what single precision can't tell from it.
        double shift = (pixels + 0.5 + (exactly ? 0 : 1e-9)) * 2;
        same(shift(shift, 0), 1, constant(2), constant(2), new PixelBlock(0, 0, WIDTH, HEIGHT));
    }

    @Property(tries = 50)
    void comparesDistancesWithTheThreshold(
            @ForAll @IntRange(min = -3, max = 3) int steps, @ForAll @DoubleRange(min = 0.05, max = 1) double distance) {
        // The points lie one behind the other, as far apart as the threshold or a little more or less.
        same(
                shift(0, distance * (1 + steps * 1e-12)),
                distance,
                constant(2),
                constant(2),
                new PixelBlock(0, 0, WIDTH, HEIGHT));
    }

    private static void same(
            PairTransform transform, double distance, float[] source, float[] target, PixelBlock block) {
        float[] part = new float[block.size()];
        for (int row = 0; row < block.rows(); row++) {
            System.arraycopy(
                    target,
                    (block.fromRow() + row) * WIDTH + block.fromColumn(),
                    part,
                    row * block.columns(),
                    block.columns());
        }
        FramePair pair = new FramePair(
                transform,
                new ProjectionRule(distance, true, ProjectionRule.UnknownDepth.NO_POINT),
                WIDTH,
                HEIGHT,
                MemorySegment.ofArray(source),
                block,
                part);
        List<PixelBlock> tiles = new PixelBlock(0, 0, WIDTH, HEIGHT).cut(8, 16);
        Hits vector = new Hits();
        Hits scalar = new Hits();
        new VectorProjection().project(pair, tiles, vector);
        new ScalarProjection().project(pair, tiles, scalar);
        assertThat(points(vector)).isEqualTo(points(scalar));
        assertThat(pixels(vector)).isEqualTo(pixels(scalar));
    }

    private static int[] points(Hits hits) {
        return Arrays.copyOf(hits.points(), hits.count());
    }

    private static int[] pixels(Hits hits) {
        return Arrays.copyOf(hits.pixels(), hits.count());
    }

    /** Some unknown, infinite and NaN. */
    private static float[] depths(Random random, float wall) {
        float[] depths = new float[WIDTH * HEIGHT];
        for (int i = 0; i < depths.length; i++) {
            depths[i] = switch (random.nextInt(40)) {
                case 0 -> 0;
                case 1 -> Float.NaN;
                case 2 -> Float.POSITIVE_INFINITY;
                default -> wall + random.nextFloat() * 0.2f;
            };
        }
        return depths;
    }

    private static float[] constant(float depth) {
        float[] depths = new float[WIDTH * HEIGHT];
        Arrays.fill(depths, depth);
        return depths;
    }

    /** The same camera, moved so that points of depth 2 move by pixels · 2 across, and away by some metres. */
    private static PairTransform shift(double across, double away) {
        return new PairTransform(
                1,
                0,
                0,
                across + away * WIDTH / 2.0,
                0,
                1,
                0,
                away * HEIGHT / 2.0,
                0,
                0,
                1,
                away,
                FOCAL,
                FOCAL,
                WIDTH / 2.0,
                HEIGHT / 2.0,
                1,
                0,
                0,
                1,
                0,
                1);
    }

    /** A camera turned about its y axis by an angle, and moved. */
    private static PairTransform transform(Random random, double angle) {
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        double cx = WIDTH / 2.0;
        double cy = HEIGHT / 2.0;
        double[] move = {random.nextGaussian() * 0.3, random.nextGaussian() * 0.3, random.nextGaussian() * 0.3};
        // Columns of R K⁻¹ for (xd, yd, d): a camera ray is ((x − cx) / f, (y − cy) / f, 1).
        double[][] a = {
            {cos / FOCAL, 0, sin - cos * cx / FOCAL},
            {0, 1 / FOCAL, -cy / FOCAL},
            {-sin / FOCAL, 0, cos + sin * cx / FOCAL}
        };
        double[][] m = new double[2][3];
        for (int c = 0; c < 3; c++) {
            m[0][c] = FOCAL * a[0][c] + cx * a[2][c];
            m[1][c] = FOCAL * a[1][c] + cy * a[2][c];
        }
        return new PairTransform(
                m[0][0],
                m[0][1],
                m[0][2],
                FOCAL * move[0] + cx * move[2],
                m[1][0],
                m[1][1],
                m[1][2],
                FOCAL * move[1] + cy * move[2],
                a[2][0],
                a[2][1],
                a[2][2],
                move[2],
                FOCAL,
                FOCAL,
                cx,
                cy,
                1,
                0,
                0,
                1,
                0,
                1);
    }
}
