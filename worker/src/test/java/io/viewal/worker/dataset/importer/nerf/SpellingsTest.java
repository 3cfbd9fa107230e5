package io.viewal.worker.dataset.importer.nerf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.SourceFrame;
import io.viewal.worker.dataset.SourceScene;
import io.viewal.worker.dataset.importer.ImportPolicy;
import io.viewal.worker.dataset.importer.ImportTrial;
import io.viewal.worker.dataset.importer.OnError;
import io.viewal.worker.dataset.importer.source.SourceOptions;
import io.viewal.worker.dataset.interchange.DirectorySceneSource;
import io.viewal.worker.dataset.interchange.TransformsFixture;
import io.viewal.worker.dataset.interchange.TransformsScenes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A description means the same in place and imported, however it is spelled, or is refused by both. */
class SpellingsTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    Path temp;

    private Path data;
    private TransformsFixture scene;
    private SourceFrame truth;

    @BeforeEach
    void writeScene() throws IOException {
        data = temp.resolve("data");
        scene = TransformsFixture.write(data, "room", 3);
        truth = inPlace().read(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"depth_unit_scale_factor\": 0.001}",
                "{\"depth_scale\": 0.001}",
                "{\"integer_depth_scale\": 0.001}",
                "{\"integer_depth_scale\": \"1/1000\", \"depth_scale\": \"0.001\"}",
                "{}"
            })
    void theUnitIsReadInEverySpelling(String fields) throws IOException {
        scene.edit(root -> {
            root.remove("depth_unit_scale_factor");
            root.setAll(read(fields));
        });
        assertBothAreTrue();
        scene.edit(root -> {
            root.remove(List.of("depth_unit_scale_factor", "depth_scale", "integer_depth_scale"));
            root.put("depth_scale", 7);
            root.get("frames").forEach(frame -> ((ObjectNode) frame).setAll(read(fields)));
        });
        if (!fields.equals("{}")) {
            assertBothAreTrue();
        }
    }

    @Test
    void eachFrameKeepsItsOwnUnitAndKind() throws IOException {
        scene.editFrame(
                1, frame -> frame.put("depth_unit_scale_factor", 0.00025).put("depth_kind", "ray"));
        SourceFrame own = inPlace().read(1);
        assertThat(own.depth()[0]).isNotEqualTo(truth.depth()[0]);
        assertThat(imported().read(1).depth()).isEqualTo(own.depth());
        assertThat(imported().read(0).depth()).isEqualTo(inPlace().read(0).depth());
        assertThatThrownBy(() ->
                        new TransformsScenes(new DirectorySceneSource(data), false, OptionalDouble.of(0.002)).classes())
                .hasMessageContaining("units of depth");
        assertThatThrownBy(() -> imported(SourceOptions.NONE.withDepthUnit(0.002)))
                .hasMessageContaining("units of depth");
    }

    @Test
    void pathsMayHaveBackslashesAndDepthAnotherName() throws IOException {
        scene.edit(root -> root.get("frames").forEach(entry -> {
            ObjectNode frame = (ObjectNode) entry;
            frame.remove("sha256");
            frame.put("depth_path", frame.remove("depth_file_path").asText().replace('/', '\\'));
            frame.put("file_path", frame.get("file_path").asText().replace('/', '\\'));
        }));
        assertBothAreTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"depth_scale\": 0.002}",
                "{\"depth_factor\": 1000}",
                "{\"depth_unit\": \"mm\"}",
                "{\"depth_scale\": \"metres\"}",
                "{\"depth_scale\": -1}",
                "{\"applied_scale\": 0.5}",
                "{\"camera_modle\": \"OPENCV\"}",
                "{\"camera_model\": \"FULL_OPENCV\"}",
                "{\"is_fisheye\": true, \"camera_model\": \"PINHOLE\"}",
                "{\"is_fisheye\": 1}",
                "{\"k4\": 0.1}",
                "{\"k6\": 0.1}",
                "{\"distortion_params\": [0.1, 0.2, 0, 0, 0]}",
                "{\"distortion_params\": [0.1, 0, 0, 0, 0, 0], \"k1\": 0.2}",
                "{\"K1\": 0.1}",
                "{\"w\": 8.5}",
                "{\"label_paths\": \"labels/f1.png\"}",
                "{\"my_label_path\": \"labels/f1.png\"}",
                "{\"label_path\": 7}",
                "{\"depth_path\": \"depth/f2.png\"}",
                "{\"transform_matrix\": [1, 2, 3]}"
            })
    void whatContradictsOrIsNotKnownIsRefusedByName(String fields) throws IOException {
        ObjectNode more = read(fields);
        scene.editFrame(1, frame -> {
            // Both units stand in the frame then.
            frame.put("depth_unit_scale_factor", 0.001);
            frame.setAll(more);
        });
        String name = more.fieldNames().next();
        assertThatThrownBy(() -> inPlace())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(name);
        assertThatThrownBy(this::imported)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"frames\": [], \"frames\": []}", "[]", "{} {}", "{\"frames\": {}}", "{\"frames\": [7]}"})
    void whatIsNoDescriptionIsRefused(String json) throws IOException {
        Files.writeString(data.resolve("room/transforms.json"), json);
        assertThatThrownBy(() -> inPlace()).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(this::imported).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void aUnitThatPutsTheMiddleOfASceneWhereNoCameraSeesMustBeConfirmed() throws IOException {
        for (double unit : new double[] {1, 1e-6}) {
            scene.edit(root -> root.put("depth_unit_scale_factor", unit));
            assertThatThrownBy(this::imported)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContainingAll("Scene 'room'", "0.1 to 100 m", "--depth-scale");
        }
        imported(SourceOptions.NONE.withDepthUnit(1));
    }

    @Test
    void framesAreInTheOrderOfTheirNumbersInPlaceAndImported() throws IOException {
        scene.edit(root -> {
            for (int i = 0; i < 3; i++) {
                ObjectNode frame = (ObjectNode) root.get("frames").get(i);
                frame.remove("sha256");
                String path = "images/" + new int[] {10, 9, 100}[i] + ".png";
                copy(frame.get("file_path").asText(), path);
                frame.put("file_path", path);
            }
        });
        assertThat(inPlace().frameNames()).containsExactly("9", "10", "100");
        assertThat(imported().frameNames()).containsExactly("9", "10", "100");
        ImportTrial.run(
                new TransformsImporter(),
                data,
                temp.resolve("two"),
                SourceOptions.NONE,
                new ImportPolicy(OnError.FAIL, 2, 9, false));
        assertThat(ImportTrial.open(temp.resolve("two"), "room", TransformsFixture.SIZE)
                        .frameNames())
                .containsExactly("9", "100");
    }

    private void copy(String from, String to) {
        try {
            Files.copy(data.resolve("room").resolve(from), data.resolve("room").resolve(to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assertBothAreTrue() throws IOException {
        for (SourceFrame frame : List.of(inPlace().read(1), imported().read(1))) {
            assertThat(frame.depth()).containsExactly(truth.depth(), within(1e-4f));
            assertThat(frame.color()).isEqualTo(truth.color());
            assertThat(frame.labels()).isEqualTo(truth.labels());
            assertThat(frame.frame().intrinsics()).isEqualTo(truth.frame().intrinsics());
        }
    }

    private SourceScene inPlace() throws IOException {
        return new TransformsScenes(new DirectorySceneSource(data)).open("room", TransformsFixture.SIZE, 3);
    }

    private SourceScene imported() throws IOException {
        return imported(SourceOptions.NONE);
    }

    private SourceScene imported(SourceOptions options) throws IOException {
        Path out = Files.createTempDirectory(temp, "out");
        ImportTrial.run(
                new TransformsImporter(),
                data,
                out,
                options,
                new ImportPolicy(
                        OnError.FAIL, 1, 99, false, options.metresADepthUnit().isPresent()));
        return ImportTrial.open(out, "room", TransformsFixture.SIZE);
    }

    private static ObjectNode read(String json) {
        try {
            return (ObjectNode) MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
