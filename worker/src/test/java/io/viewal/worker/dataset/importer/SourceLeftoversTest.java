package io.viewal.worker.dataset.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viewal.worker.dataset.importer.colmap.ColmapWriter;
import io.viewal.worker.dataset.importer.scannet.SensWriter;
import io.viewal.worker.dataset.importer.source.SourceOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an import says of what it did not take. */
class SourceLeftoversTest {

    @TempDir
    Path temp;

    private Path source;

    @BeforeEach
    void write() throws IOException {
        source = temp.resolve("colmap");
        ColmapWriter.write(source.resolve("kitchen"), ImportTrial.room(3, 3), ImportTrial.SIZE);
    }

    @Test
    void countsAndNamesTheFilesThatNoSceneWasMadeOf() throws IOException {
        Files.createDirectories(source.resolve("bath/images"));
        Files.writeString(source.resolve("bath/images/1.png"), "an image without a model");
        Files.writeString(source.resolve("kitchen/images/spare.png"), "an image that is in no list");
        Files.writeString(source.resolve("notes.txt"), "by hand");
        Files.writeString(source.resolve(".DS_Store"), "hidden");
        ImportReport report = imported(ImportPolicy.STRICT);
        assertThat(report.notRead())
                .contains(
                        new NotRead("", 1, List.of("notes.txt")),
                        new NotRead("bath/images", 1, List.of("1.png")),
                        new NotRead("kitchen/images", 1, List.of("spare.png")));
        assertThat(temp.resolve("out").resolve(ImportReport.FILE)).content().contains("\"notes.txt\"");
    }

    @Test
    void doesNotCallFramesLeftOverThatWereNotAskedFor() throws IOException {
        assertThat(imported(new ImportPolicy(OnError.FAIL, 2, Integer.MAX_VALUE, false))
                        .notRead())
                .isEmpty();
    }

    @Test
    void namesFramesWithoutALabelMap() throws IOException {
        assertThat(imported(ImportPolicy.STRICT).unlabeledLines())
                .singleElement()
                .asString()
                .startsWith("kitchen: 3 of 3 frames (");
    }

    @Test
    void saysWhatIsThereInPlaceOfAScene() throws IOException {
        Path other = Files.createDirectories(temp.resolve("other"));
        Files.createDirectory(other.resolve("photos"));
        Files.writeString(other.resolve("poses.csv"), "");
        for (ImportFormat format : ImportFormat.values()) {
            assertThatThrownBy(() -> format.scenes(other, SourceOptions.NONE))
                    .as(format.toString())
                    .hasMessageContaining("it holds photos/, poses.csv");
        }
    }

    @Test
    void followsLinksToScenesAndNamesFilesThatLeadOut() throws IOException {
        Path real = Files.createDirectories(temp.resolve("disk2/scene0001_00"));
        Files.write(
                real.resolve("scene0001_00.sens"), new SensWriter(ImportTrial.room(3, 3), ImportTrial.SIZE).bytes());
        Path scans = Files.createDirectory(temp.resolve("scans"));
        Files.createSymbolicLink(scans.resolve("scene0001_00"), real);
        Files.createSymbolicLink(scans.resolve("loop"), scans);
        assertThat(ImportFormat.SCANNET.scenes(scans, SourceOptions.NONE)).hasSize(1);

        Path image = source.resolve("kitchen/images/left/0000.png");
        Files.move(image, temp.resolve("0000.png"));
        Files.createSymbolicLink(image, temp.resolve("0000.png"));
        assertThatThrownBy(() -> imported(ImportPolicy.STRICT)).hasMessageContaining("0000.png: it leads outside");
    }

    private ImportReport imported(ImportPolicy policy) throws IOException {
        return new ImportRun(policy, scene -> {})
                .run(new ForeignSource(ImportFormat.COLMAP, source, SourceOptions.NONE, policy), temp.resolve("out"));
    }
}
