package io.viewal.worker.dataset.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viewal.contract.PrepareParameters;
import io.viewal.contract.PrepareParameters.Splits;
import io.viewal.contract.SyntheticBenchmark;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.SourceFrame;
import io.viewal.worker.dataset.SourceScene;
import io.viewal.worker.dataset.VoidLabel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SyntheticBenchmarkTest {

    private static final ImageSize COARSE = new ImageSize(40, 30);

    @ParameterizedTest
    @EnumSource
    void everySceneServesOneSplit(SyntheticBenchmark benchmark) {
        Splits splits = benchmark.splits();
        List<String> all = new ArrayList<>(splits.train());
        all.addAll(splits.validation());
        all.addAll(splits.test());
        assertThat(all)
                .doesNotHaveDuplicates()
                .containsExactlyElementsOf(new SyntheticScenes(benchmark.rooms()).names());
        assertThat(splits.validation()).isNotEmpty().hasSameSizeAs(splits.test());
        assertThat(benchmark.seedSet().frames())
                .isBetween(1, splits.train().size() * benchmark.rooms().framesPerScene());
    }

    @ParameterizedTest
    @EnumSource(names = {"Small", "Standard"})
    void allClassesAreThereToLearnAndSomeAreRare(SyntheticBenchmark benchmark) {
        SyntheticScenes rooms = new SyntheticScenes(benchmark.rooms());
        long[] pixels = benchmark.splits().train().parallelStream()
                .map(room -> counts(rooms.open(room, COARSE, 13)))
                .reduce(new long[VoidLabel.ID + 1], SyntheticBenchmarkTest::sum);
        long all = IntStream.range(0, 13).mapToLong(c -> pixels[c]).sum();
        assertThat(IntStream.range(0, 13)).allSatisfy(c -> assertThat(pixels[c]).isPositive());
        assertThat(IntStream.range(0, 13).filter(c -> pixels[c] < 0.03 * all).count())
                .as("classes below 3%%")
                .isBetween(3L, 6L);
    }

    @Test
    void itsOwnSplitsCannotBeReplaced() {
        PrepareParameters.Source tiny = new PrepareParameters.Source(null, null, null, SyntheticBenchmark.Tiny);
        assertThat(parameters(tiny, null).resolved().splits()).isEqualTo(SyntheticBenchmark.Tiny.splits());
        PrepareParameters others = parameters(tiny, new PrepareParameters.SeedSet(0, 9, 0));
        assertThatThrownBy(others::resolved).hasMessageContaining("leave sampling, splits, seedSet");
        PrepareParameters two =
                parameters(new PrepareParameters.Source("dir:/scenes", null, null, SyntheticBenchmark.Tiny), null);
        assertThatThrownBy(two::resolved).hasMessageContaining("other sources out");
    }

    private static PrepareParameters parameters(PrepareParameters.Source source, PrepareParameters.SeedSet seedSet) {
        return new PrepareParameters(source, null, null, 0, 0, null, null, seedSet, null, null, null, null);
    }

    /** Were these another machine's, or another version's, pictures, numbers could not be compared. */
    @Test
    void theSameBytesEverywhere() throws IOException, NoSuchAlgorithmException {
        SourceScene room =
                new SyntheticScenes(SyntheticBenchmark.Tiny.rooms()).open("room-00000", new ImageSize(80, 60), 13);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (int i = 0; i < 2; i++) {
            SourceFrame frame = room.read(i);
            digest.update(frame.color());
            digest.update(frame.labels());
            ByteBuffer depth = ByteBuffer.allocate(4 * frame.depth().length);
            depth.asFloatBuffer().put(frame.depth());
            digest.update(depth.array());
            ByteBuffer pose = ByteBuffer.allocate(8 * 16);
            pose.asDoubleBuffer().put(frame.frame().pose().matrix());
            digest.update(pose.array());
        }
        assertThat(HexFormat.of().formatHex(digest.digest()))
                .as("change SyntheticScene.VERSION and SyntheticBenchmark.VERSION with it")
                .isEqualTo("36b48f3101581c65711b167caf75a6a65c14b76f6616ede19e6c4071e3a67f43");
    }

    private static long[] counts(SourceScene scene) {
        long[] counts = new long[VoidLabel.ID + 1];
        try {
            for (int i = 0; i < scene.frameNames().size(); i++) {
                for (byte label : scene.read(i).labels()) {
                    counts[Byte.toUnsignedInt(label)]++;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return counts;
    }

    private static long[] sum(long[] a, long[] b) {
        return IntStream.range(0, a.length).mapToLong(i -> a[i] + b[i]).toArray();
    }
}
