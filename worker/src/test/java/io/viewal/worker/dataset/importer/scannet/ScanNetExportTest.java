package io.viewal.worker.dataset.importer.scannet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viewal.worker.dataset.Intrinsics;
import io.viewal.worker.dataset.SourceFrame;
import io.viewal.worker.dataset.SourceScene;
import io.viewal.worker.dataset.importer.ImportPolicy;
import io.viewal.worker.dataset.importer.ImportTrial;
import io.viewal.worker.dataset.importer.PlainFiles;
import io.viewal.worker.dataset.importer.source.SourceOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ScanNet's frames as they lie about: a folder a scene. */
class ScanNetExportTest {

    private static final int FRAMES = 11;

    private static List<SourceFrame> room;

    @TempDir
    Path temp;

    @BeforeAll
    static void render() throws IOException {
        room = ImportTrial.room(FRAMES, 4);
    }

    @Test
    void readsWhatSensReaderExportsOfManyScenesOrOne() throws IOException {
        Path scene = temp.resolve("scans/scene0000_00");
        write(scene, "intrinsic/intrinsic_%s.txt", "%d");
        for (Path source : List.of(scene, scene.getParent())) {
            Path out = Files.createTempDirectory(temp, "out");
            ImportTrial.run(new ScanNetFramesImporter(), source, out);
            SourceScene imported = ImportTrial.open(out, "scene0000_00");
            assertThat(imported.frameNames()).startsWith("0", "1", "2").endsWith("9", "10");
            assertSame(imported);
        }
        assertThatThrownBy(() -> ImportTrial.run(new SensImporter(), scene, temp.resolve("none")))
                .hasMessageContaining("--format scannet-frames");
    }

    @Test
    void readsThe25kFramesWithTheirLabels() throws IOException {
        Path scene = temp.resolve("scans/scene0000_00");
        write(scene, "intrinsics_%s.txt", "%06d");
        label(scene.resolve("label"), "%06d", 22);
        Path out = temp.resolve("out");
        ImportTrial.run(new ScanNetFramesImporter(), scene, out);
        SourceScene imported = ImportTrial.open(out, "scene0000_00");
        assertSame(imported);
        assertThat(imported.read(0).labels()).containsOnly(21);
    }

    @Test
    void rawIdsNeedTheirTable() throws IOException {
        Path scene = temp.resolve("scans/scene0000_00");
        write(scene, "intrinsic/intrinsic_%s.txt", "%d");
        label(scene.resolve("label-filt"), "%d", 50);
        assertThatThrownBy(() -> ImportTrial.run(new ScanNetFramesImporter(), scene, temp.resolve("none")))
                .hasMessageContainingAll("label-filt", "raw ids", "--label-table");
        Path table = temp.resolve("scannetv2-labels.combined.tsv");
        Files.writeString(table, "id\traw_category\tnyu40id\n50\tstorage bin\t29\n");
        ImportTrial.run(
                new ScanNetFramesImporter(),
                scene,
                temp.resolve("out"),
                SourceOptions.NONE.withLabelTable(table),
                ImportPolicy.STRICT);
        assertThat(ImportTrial.open(temp.resolve("out"), "scene0000_00").read(0).labels())
                .containsOnly(28);
    }

    private static void assertSame(SourceScene scene) throws IOException {
        for (int i = 0; i < FRAMES; i++) {
            SourceFrame expected = room.get(i);
            SourceFrame actual = scene.read(i);
            ImportTrial.assertSame(
                    new SourceFrame(actual.frame(), actual.color(), actual.depth(), null, null),
                    new SourceFrame(expected.frame(), expected.color(), expected.depth(), null, null),
                    1e-5,
                    0.5e-3);
        }
    }

    private static void write(Path scene, String intrinsics, String number) throws IOException {
        Intrinsics k = room.getFirst().frame().intrinsics();
        double[] matrix = {k.fx(), 0, k.cx(), 0, 0, k.fy(), k.cy(), 0, 0, 0, 1, 0, 0, 0, 0, 1};
        for (String camera : List.of("depth", "color")) {
            write(scene.resolve(intrinsics.formatted(camera)), matrix);
        }
        for (int i = 0; i < FRAMES; i++) {
            String name = number.formatted(i);
            SourceFrame frame = room.get(i);
            PlainFiles.color(scene.resolve("color/" + name + ".jpg"), frame.color(), ImportTrial.SIZE);
            PlainFiles.numbers(
                    scene.resolve("depth/" + name + ".png"), PlainFiles.units(frame.depth(), 1000), ImportTrial.SIZE);
            write(scene.resolve("pose/" + name + ".txt"), frame.frame().pose().matrix());
        }
    }

    private static void label(Path folder, String number, int id) throws IOException {
        byte[] ids = new byte[ImportTrial.SIZE.pixels()];
        Arrays.fill(ids, (byte) id);
        PlainFiles.bytes(folder.resolve(number.formatted(0) + ".png"), ids, ImportTrial.SIZE);
    }

    private static void write(Path file, double[] numbers) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(
                file, Arrays.stream(numbers).mapToObj(Double::toString).collect(Collectors.joining(" ")) + "\n");
    }
}
