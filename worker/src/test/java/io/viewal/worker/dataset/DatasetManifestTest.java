package io.viewal.worker.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viewal.contract.StageFailure;
import io.viewal.worker.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DatasetManifestTest {

    private final DatasetManifest manifest = new DatasetManifest(
            1,
            List.of("wall", "floor"),
            320,
            240,
            List.of(
                    new DatasetManifest.SceneEntry(
                            "a",
                            Split.TRAIN,
                            10,
                            Map.of("labels", new DatasetManifest.FileEntry("scenes/a/labels.npy", 9, "ab"))),
                    new DatasetManifest.SceneEntry("b", Split.TEST, 4, Map.of())),
            List.of(new DatasetManifest.FrameRef("a", "0001")));

    @Test
    void survivesItsJson() {
        assertThat(DatasetManifest.read(manifest.toBytes())).isEqualTo(manifest);
    }

    @Test
    void hasAFixedForm() {
        assertThat(new String(manifest.toBytes(), StandardCharsets.UTF_8))
                .isEqualTo("{\"classes\":[\"wall\",\"floor\"],\"height\":240,\"scenes\":[{\"files\":{\"labels\":"
                        + "{\"bytes\":9,\"name\":\"scenes/a/labels.npy\",\"sha256\":\"ab\"}},\"frames\":10,\"name\":\"a\","
                        + "\"split\":\"train\"},{\"files\":{},\"frames\":4,\"name\":\"b\",\"split\":\"test\"}],"
                        + "\"seedFrames\":[{\"frame\":\"0001\",\"scene\":\"a\"}],\"version\":1,\"width\":320}");
    }

    @Test
    void countsFramesBySplit() {
        assertThat(manifest.frames(Split.TRAIN)).isEqualTo(10);
        assertThat(manifest.frames(Split.VALIDATION)).isZero();
        assertThat(manifest.scene("a").hasLabels()).isTrue();
        assertThat(manifest.scene("b").hasLabels()).isFalse();
    }

    @Test
    void refusesAnotherVersion() {
        byte[] json = new String(manifest.toBytes(), StandardCharsets.UTF_8)
                .replace("\"version\":1", "\"version\":7")
                .getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> DatasetManifest.read(json))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.reason()).isEqualTo(StageFailure.Reason.CorruptArtifact))
                .hasMessageContaining("version 7");
    }
}
