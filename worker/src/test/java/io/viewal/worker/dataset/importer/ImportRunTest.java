package io.viewal.worker.dataset.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Intrinsics;
import io.viewal.worker.dataset.importer.ImportReport.Outcome;
import io.viewal.worker.dataset.importer.source.ForeignFrame;
import io.viewal.worker.dataset.importer.source.ForeignFrames;
import io.viewal.worker.dataset.importer.source.ForeignScene;
import io.viewal.worker.dataset.importer.source.SceneTraits;
import io.viewal.worker.dataset.interchange.ColorImage;
import io.viewal.worker.dataset.interchange.ImageFiles;
import io.viewal.worker.dataset.interchange.IntegerImage;
import io.viewal.worker.dataset.interchange.TransformsWriter;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules that hold whatever the layout. */
class ImportRunTest {

    private static final ImageSize SIZE = new ImageSize(8, 6);
    private static final double[] POSE = {1, 0, 0, 0.5, 0, 1, 0, -2, 0, 0, 1, 0.25, 0, 0, 0, 1};
    private static final byte[] COLOR = ImageFiles.png(new ColorImage(SIZE, new byte[144]));
    private static final IntegerImage DEPTH = new IntegerImage(SIZE, 16, new char[48]);

    @TempDir
    Path out;

    @Test
    void refusesOrLeavesOutAPoseThatIsNotFinite() throws IOException {
        for (double number : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            assertRuled("the pose is not finite", posed("bad", changed(3, number), DEPTH, null));
        }
    }

    @Test
    void refusesOrLeavesOutAPoseThatIsScaled() throws IOException {
        assertRuled("not a rotation", posed("bad", changed(0, 2), DEPTH, null));
    }

    @Test
    void refusesOrLeavesOutTheSecondOfTwoFramesOfOneName() throws IOException {
        assertRuled("two frames have this name", posed("a", POSE, DEPTH, null));
    }

    @Test
    void refusesOrLeavesOutANameThatCanNameNoFile() throws IOException {
        assertRuled("'../bad' can't name a file", posed("../bad", POSE, DEPTH, null));
    }

    @Test
    void refusesOrLeavesOutDepthOf8Bits() throws IOException {
        assertRuled("8 bits a pixel, expected 16", posed("bad", POSE, new IntegerImage(SIZE, 8, new char[48]), null));
    }

    @Test
    void refusesOrLeavesOutDepthOfAnotherShape() throws IOException {
        IntegerImage wide = new IntegerImage(new ImageSize(16, 6), 16, new char[96]);
        assertRuled("the shapes differ", posed("bad", POSE, wide, null));
    }

    @Test
    void refusesOrLeavesOutLabelsOutsideTheClassList() throws IOException {
        byte[] ids = new byte[48];
        ids[9] = 2;
        assertRuled("label id 2 is outside", posed("bad", POSE, DEPTH, IntegerImage.ofBytes(SIZE, ids)));
    }

    @Test
    void refusesOrLeavesOutColorThatIsNoImage() throws IOException {
        assertRuled("colour image: the image can't be read", posed("bad", new byte[] {1, 2, 3}));
        assertRuled("colour image: the image can't be read", posed("bad", Arrays.copyOf(COLOR, COLOR.length / 2)));
    }

    @Test
    void refusesOrLeavesOutWhatTheLayoutCallsBroken() throws IOException {
        assertRuled("x.txt: it is empty", new ForeignFrame.Broken("bad", "x.txt: it is empty"));
    }

    @Test
    void leavesOutWhatTheLayoutCallsLostWhateverThePolicy() throws IOException {
        ImportReport report = run(ImportPolicy.STRICT, good("a"), new ForeignFrame.Lost("b", "no pose"));
        assertThat(report.leftOutLines()).containsExactly("room, frame b: no pose");
    }

    @Test
    void doesNotHideADefectOfTheProgram() {
        ForeignFrame.Posed frame = new ForeignFrame.Posed("a", new Intrinsics(8, 8, 4, 3), SIZE, POSE, () -> {
            throw new IndexOutOfBoundsException("a defect");
        });
        assertThatThrownBy(() -> run(ImportPolicy.STRICT.on(OnError.SKIP), good("b"), frame))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(out).isEmptyDirectory();
    }

    @Test
    void leavesOutASceneOfWhichNothingIsLeft() throws IOException {
        ForeignFrame broken = new ForeignFrame.Broken("a", "torn");
        ImportReport report = new ImportRun(ImportPolicy.STRICT.on(OnError.SKIP), scene -> {})
                .run(List.of(scene("empty", broken), scene("good", good("a"))), out);
        assertThat(report.scenes())
                .extracting(ImportReport.SceneEntry::outcome)
                .containsExactly(Outcome.LEFT_OUT, Outcome.IMPORTED);
        assertThat(report.leftOutLines()).singleElement().asString().contains("empty: ", "no frame", "torn");
        assertThat(out.resolve("empty")).doesNotExist();
        assertThat(out.resolve(ImportReport.FILE)).content().contains("torn");
    }

    @Test
    void failsWhenNothingIsLeftAtAll() {
        assertThatThrownBy(() -> run(ImportPolicy.STRICT.on(OnError.SKIP), new ForeignFrame.Broken("a", "torn")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Nothing could be imported")
                .hasMessageContaining("torn");
    }

    @Test
    void refusesScenesThatCannotBeNamedApart() {
        for (List<ForeignScene> scenes :
                List.of(List.of(scene("a", good("x")), scene("a", good("x"))), List.of(scene("../a", good("x"))))) {
            assertThatThrownBy(() -> new ImportRun(ImportPolicy.STRICT.on(OnError.SKIP), s -> {}).run(scenes, out))
                    .isInstanceOf(InvalidInputException.class)
                    .message()
                    .containsAnyOf("Two scenes have the name 'a'", "'../a': rename it");
        }
    }

    @Test
    void doesNotOverwriteAScene() throws IOException {
        run(ImportPolicy.STRICT, good("a"));
        assertThatThrownBy(() -> run(ImportPolicy.STRICT, good("b"))).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(out.resolve("room/images")).isDirectoryContaining("glob:**/a.png");
    }

    @Test
    void refusesToTakeNoFrames() {
        assertThatThrownBy(() -> new ImportPolicy(OnError.FAIL, 0, 1, false)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void readsNoFurtherAheadThanItNeedsTo() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        AtomicInteger furthest = new AtomicInteger();
        int ahead = 2 * Runtime.getRuntime().availableProcessors() + 1;
        Path images = out.resolve(".room.partial/images");
        Iterator<ForeignFrame> frames = IntStream.range(0, 200)
                .mapToObj(i -> {
                    furthest.accumulateAndGet(asked.incrementAndGet() - count(images), Math::max);
                    return (ForeignFrame) good("f%03d".formatted(i));
                })
                .iterator();
        ImportReport report =
                new ImportRun(ImportPolicy.STRICT, s -> {}).run(List.of(new FakeScene("room", frames)), out);
        assertThat(report.frameCount()).isEqualTo(200);
        assertThat(furthest).hasValueLessThanOrEqualTo(ahead);
    }

    private static int count(Path folder) {
        try (Stream<Path> files = Files.exists(folder) ? Files.list(folder) : Stream.empty()) {
            return (int) files.count();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** A good frame before and after the bad one: the policy decides. */
    private void assertRuled(String problem, ForeignFrame bad) throws IOException {
        assertThatThrownBy(() -> run(ImportPolicy.STRICT, good("a"), bad, good("z")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Scene 'room', frame '" + bad.name() + "'")
                .hasMessageContaining(problem);
        assertThat(out).isEmptyDirectory();
        Path folder = Files.createTempDirectory(out, "skip");
        ImportReport report = new ImportRun(ImportPolicy.STRICT.on(OnError.SKIP), s -> {})
                .run(List.of(scene("room", good("a"), bad, good("z"))), folder);
        assertThat(report.frameCount()).isEqualTo(2);
        assertThat(report.leftOutLines()).singleElement().asString().contains(bad.name(), problem);
        assertThat(folder.resolve(ImportReport.FILE)).content().contains("\"leftOut\"");
        List<Path> left = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.forEach(left::add);
        }
        for (int i = left.size() - 1; i >= 0; i--) {
            Files.delete(left.get(i));
        }
    }

    private ImportReport run(ImportPolicy policy, ForeignFrame... frames) throws IOException {
        return new ImportRun(policy, s -> {}).run(List.of(scene("room", frames)), out);
    }

    private static double[] changed(int index, double number) {
        double[] pose = POSE.clone();
        pose[index] = number;
        return pose;
    }

    private static ForeignFrame good(String name) {
        return posed(name, POSE, DEPTH, null);
    }

    private static ForeignFrame posed(String name, byte[] color) {
        return new ForeignFrame.Posed(
                name,
                new Intrinsics(8, 8, 4, 3),
                SIZE,
                POSE,
                () -> new TransformsWriter.Images(color, "png", DEPTH, null, null));
    }

    private static ForeignFrame posed(String name, double[] pose, IntegerImage depth, IntegerImage labels) {
        return new ForeignFrame.Posed(
                name,
                new Intrinsics(8, 8, 4, 3),
                SIZE,
                pose,
                () -> new TransformsWriter.Images(COLOR, "png", depth, labels, null));
    }

    private static ForeignScene scene(String name, ForeignFrame... frames) {
        return new FakeScene(name, List.of(frames).iterator());
    }

    private record FakeScene(String name, Iterator<ForeignFrame> frames) implements ForeignScene {

        @Override
        public List<Path> files() {
            return List.of();
        }

        @Override
        public ForeignFrames open() {
            return new ForeignFrames() {
                @Override
                public SceneTraits traits() {
                    return new SceneTraits(List.of("wall", "floor"), 0.001, false);
                }

                @Override
                public ForeignFrame next() {
                    return frames.hasNext() ? frames.next() : null;
                }

                @Override
                public Set<Path> filesRead() {
                    return Set.of();
                }

                @Override
                public void close() {}
            };
        }
    }
}
