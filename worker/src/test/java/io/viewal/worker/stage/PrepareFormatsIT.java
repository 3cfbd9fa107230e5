package io.viewal.worker.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viewal.contract.Metric;
import io.viewal.contract.Owner;
import io.viewal.contract.PrepareParameters;
import io.viewal.contract.PrepareParameters.Format;
import io.viewal.contract.RoundRequests;
import io.viewal.contract.StageResult;
import io.viewal.contract.StoreLocation;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.artifact.LeftOutCsv;
import io.viewal.worker.dataset.DatasetManifest;
import io.viewal.worker.dataset.importer.EveryFormat;
import io.viewal.worker.dataset.importer.EveryFormat.Written;
import io.viewal.worker.dataset.importer.ImportPolicy;
import io.viewal.worker.dataset.importer.ImportTrial;
import io.viewal.worker.dataset.importer.source.SourceOptions;
import io.viewal.worker.store.ObjectStore;
import io.viewal.worker.store.S3Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Data sets in layouts of their own are prepared where they lie: in a bucket, or in a folder. */
class PrepareFormatsIT {

    /** ScanNet's and Matterport3D's 40 classes: here a name an id. */
    private static final List<String> CLASSES =
            IntStream.range(0, 41).mapToObj(id -> "class-" + id).toList();

    private static S3Server server;
    private static ObjectStore store;
    private static Path sources;
    private static List<Written> written;

    @TempDir
    Path temp;

    private PrepareParameters.OnError onError = PrepareParameters.OnError.Fail;
    private List<String> train = List.of();
    private ProgressListener listener = (stage, progress) -> {};

    @BeforeAll
    static void writeEveryLayoutToABucket(@TempDir Path folder) throws Exception {
        sources = folder.resolve("sources");
        written = EveryFormat.write(sources);
        for (Written source : written) {
            EveryFormat.layLabels(source);
        }
        server = new S3Server(folder);
        store = ObjectStore.open(server.location(), server.credentials());
        upload(sources, "datasets");
    }

    @AfterAll
    static void stop() throws Exception {
        store.close();
        server.close();
    }

    @ParameterizedTest
    @EnumSource(value = Format.class, mode = EnumSource.Mode.EXCLUDE, names = "Interchange")
    void aLayoutIsPreparedFromABucketAndAFolderAsIfItHadBeenImported(Format format) throws IOException {
        Written source = written(format);
        String prefix = "datasets/" + sources.relativize(source.source());
        StageResult bucket = prepare(source(format, "s3://" + S3Server.BUCKET + "/" + prefix, source), "bucket");
        StageResult folder = prepare(source(format, "dir:" + source.source(), source), "folder");
        Path imported = temp.resolve("imported");
        SourceOptions options = new SourceOptions(
                true, Optional.ofNullable(source.table()), Optional.ofNullable(source.camera()), Optional.empty());
        ImportTrial.run(source.format().importer(), source.source(), imported, options, ImportPolicy.STRICT);
        StageResult before =
                prepare(new PrepareParameters.Source("dir:" + imported, null, null, null), "imported-before");

        assertThat(bucket.metrics().get(Metric.FRAMES)).isGreaterThanOrEqualTo(EveryFormat.FRAMES);
        assertThat(contents(bucket)).isEqualTo(contents(folder)).isEqualTo(contents(before));
        double scenes = bucket.metrics().get(Metric.SCENES);
        assertThat(prepare(source(format, "s3://" + S3Server.BUCKET + "/" + prefix, source), "bucket-again")
                        .metrics())
                .containsEntry(Metric.REUSED_SCENES, scenes);
        assertThat(prepare(source(format, "dir:" + source.source(), source), "folder-again")
                        .metrics())
                .containsEntry(Metric.REUSED_SCENES, scenes);
    }

    @Test
    void theDiskHoldsOneSceneAtATime() throws IOException {
        String prefix = "datasets/three";
        for (int scene = 0; scene < 3; scene++) {
            upload(written(Format.Hypersim).source().resolve("ai_001_001"), prefix + "/ai_00%d_001".formatted(scene));
        }
        AtomicInteger most = new AtomicInteger();
        listener = (stage, progress) -> most.accumulateAndGet(importedScenes("three"), Math::max);
        StageResult result = prepare(
                source(Format.Hypersim, "s3://" + S3Server.BUCKET + "/" + prefix, written(Format.Hypersim)), "three");

        assertThat(result.metrics()).containsEntry(Metric.SCENES, 3.0);
        assertThat(most).hasValue(1);
        assertThat(importedScenes("three")).isZero();
    }

    @Test
    void everySecondFrameIsTakenIfAskedFor() throws IOException {
        PrepareParameters.Source source =
                source(Format.ScanNet, "dir:" + written(Format.ScanNet).source(), written(Format.ScanNet));
        StageResult result = run(parameters(source, new PrepareParameters.Sampling(2, 2)), "sampled");

        assertThat(result.metrics()).containsEntry(Metric.FRAMES, 2.0);
    }

    @Test
    void aBrokenSceneAndABrokenFrameEndThePreparationOrAreLeftOutAndNamed() throws IOException {
        Path scans = temp.resolve("scans");
        copy(written(Format.ScanNet).source(), scans);
        Path good = scans.resolve("scene0001_00/scene0001_00.sens");
        byte[] stream = Files.readAllBytes(good);
        Files.write(scans.resolve("scene0000_00.sens"), Arrays.copyOf(stream, 100));
        Files.write(scans.resolve("scene0002_00.sens"), Arrays.copyOf(stream, stream.length * 3 / 4));
        Files.copy(written(Format.ScanNet).table(), scans.resolve("labels.tsv"));
        PrepareParameters.Source source = new PrepareParameters.Source(
                "dir:" + scans, null, null, null, Format.ScanNet, "labels.tsv", null, null);
        assertThatThrownBy(() -> prepare(source, "strict"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Scene 'scene0000_00'")
                .hasMessageContaining("scene0000_00.sens: it is cut off");

        onError = PrepareParameters.OnError.Skip;
        assertThatThrownBy(() -> prepare(source, "no-scene-to-train-on"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("No scene of the train split can be read")
                .hasMessageContaining("scene0000_00.sens: it is cut off");
        train = List.of("scene0000_00", "scene0001_00");
        StageResult lenient = prepare(source, "lenient");
        List<LeftOutCsv.Row> leftOut = leftOut(lenient);
        assertThat(leftOut).extracting(LeftOutCsv.Row::scene).containsExactly("scene0000_00", "scene0002_00");
        assertThat(leftOut).extracting(LeftOutCsv.Row::frame).containsExactly("", "");
        assertThat(leftOut.getLast().reason()).contains("cut off", "frame");
        assertThat(lenient.metrics()).containsEntry(Metric.SCENES, 2.0);
        assertThat(prepare(source, "lenient-again").metrics()).containsEntry(Metric.REUSED_SCENES, 3.0);
    }

    @Test
    void aLayoutThatIsAnotherSaysWhatWasExpectedAndWhere() {
        String uri = "s3://" + S3Server.BUCKET + "/datasets/tum";
        assertThatThrownBy(() -> prepare(source(Format.Matterport, uri, written(Format.Matterport)), "wrong"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(uri)
                .hasMessageContaining("undistorted_camera_parameters");
    }

    private StageResult prepare(PrepareParameters.Source source, String name) throws IOException {
        return run(parameters(source, null), name);
    }

    private StageResult run(PrepareParameters parameters, String name) throws IOException {
        StoreLocation location = server.location();
        Owner owner = new Owner("MultiViewDataset", temp.getFileName().toString(), name, name + "-0123456789");
        return new StageRunner(store, temp.resolve("scratch-" + name), listener, () -> false, Clock.systemUTC())
                .run(RoundRequests.prepare(owner, location, parameters, 1), 0);
    }

    private PrepareParameters parameters(PrepareParameters.Source source, PrepareParameters.Sampling sampling) {
        PrepareParameters.Splits splits = new PrepareParameters.Splits(train, null, null, 0, 0);
        return new PrepareParameters(
                source, CLASSES, null, 160, 120, sampling, splits, null, null, null, null, onError);
    }

    private static PrepareParameters.Source source(Format format, String uri, Written written) {
        PrepareParameters.Camera camera = written.camera() == null
                ? null
                : new PrepareParameters.Camera(
                        written.camera().fx(),
                        written.camera().fy(),
                        written.camera().cx(),
                        written.camera().cy());
        return new PrepareParameters.Source(uri, null, null, null, format, null, camera, null);
    }

    private static Written written(Format format) {
        String name = format.name().replaceAll("([a-z])F", "$1_F").toUpperCase(java.util.Locale.ROOT);
        return written.stream()
                .filter(source -> source.format().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** SHA-256 of each file of each scene. */
    private static Map<String, String> contents(StageResult result) {
        Map<String, String> contents = new TreeMap<>();
        DatasetManifest.read(store.fetch(result.artifacts().get(RoundRequests.DATASET)))
                .scenes()
                .forEach(scene ->
                        scene.files().forEach((key, file) -> contents.put(scene.name() + "/" + key, file.sha256())));
        return contents;
    }

    private static List<LeftOutCsv.Row> leftOut(StageResult result) {
        return LeftOutCsv.read(
                new String(store.fetch(result.artifacts().get(RoundRequests.LEFT_OUT)), StandardCharsets.UTF_8));
    }

    private int importedScenes(String name) {
        Path folder = temp.resolve("scratch-" + name);
        try (Stream<Path> files = Files.exists(folder) ? Files.walk(folder) : Stream.empty()) {
            return (int) files.filter(file -> file.endsWith("transforms.json")).count();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void upload(Path folder, String prefix) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                store.put(prefix + "/" + folder.relativize(file), file);
            }
        }
    }

    private static void copy(Path folder, Path target) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.naturalOrder()).toList()) {
                Files.copy(file, target.resolve(folder.relativize(file).toString()));
            }
        }
    }
}
