package io.viewal.worker.dataset.interchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.SourceFrame;
import io.viewal.worker.dataset.SourceScene;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransformsScenesTest {

    private static final ImageSize SIZE = TransformsFixture.SIZE;

    @TempDir
    Path root;

    private TransformsFixture fixture;

    @BeforeEach
    void writeScene() throws IOException {
        fixture = TransformsFixture.write(root, "room", 2);
    }

    @Test
    void givesBackExactlyWhatWasWritten() throws IOException {
        SourceScene scene = open(SIZE);
        assertThat(scene.frameNames()).containsExactly("f0", "f1");
        for (int i = 0; i < 2; i++) {
            SourceFrame frame = scene.read(i);
            TransformsWriter.Images images = TransformsFixture.images(i);
            assertThat(frame.frame()).isEqualTo(TransformsFixture.frame(i));
            assertThat(IntegerImage.ofBytes(SIZE, frame.labels()).values())
                    .isEqualTo(images.labels().values());
            assertThat(frame.superpixels()).isEqualTo(images.superpixels().values());
            for (int p = 0; p < SIZE.pixels(); p++) {
                assertThat(frame.depth()[p]).isEqualTo((float) (images.depth().values()[p] / 1000.0));
            }
        }
    }

    @Test
    void turnsDepthAlongTheRayIntoDepthAlongTheAxis() throws IOException {
        float[] axis = open(SIZE).read(0).depth();
        fixture.edit(json -> json.put("depth_kind", "ray"));
        SourceFrame frame = open(SIZE).read(0);
        double x = (7 - frame.frame().intrinsics().cx())
                / frame.frame().intrinsics().fx();
        double y = (5 - frame.frame().intrinsics().cy())
                / frame.frame().intrinsics().fy();
        int corner = 5 * SIZE.width() + 7;
        assertThat(frame.depth()[corner]).isEqualTo((float) (axis[corner] / Math.sqrt(1 + x * x + y * y)));
        assertThat(frame.depth()[corner]).isLessThan(axis[corner]);
    }

    @Test
    void listsScenesInNameOrderWithTheirSharedClasses() throws IOException {
        TransformsFixture.write(root, "attic", 1).edit(json -> json.remove("classes"));
        TransformsScenes scenes = scenes();
        assertThat(scenes.names()).containsExactly("attic", "room");
        assertThat(scenes.classes()).isEqualTo(TransformsFixture.CLASSES);
    }

    @Test
    void sortsFramesByNameWhateverTheFilesOrder() throws IOException {
        fixture.edit(json ->
                json.withArray("frames").add(json.withArray("frames").remove(0).deepCopy()));
        assertThat(open(SIZE).frameNames()).containsExactly("f0", "f1");
        assertThat(open(SIZE).read(0).frame()).isEqualTo(TransformsFixture.frame(0));
    }

    @Test
    void scalesIntrinsicsToTheWorkingSize() throws IOException {
        SourceFrame frame = open(new ImageSize(4, 3)).read(0);
        assertThat(frame.frame().intrinsics())
                .isEqualTo(TransformsFixture.frame(0).intrinsics().scaled(0.5, 0.5));
        assertThat(frame.color()).hasSize(4 * 3 * 3);
        assertThat(frame.depth()[0])
                .isEqualTo((float) (TransformsFixture.images(0).depth().values()[8 + 1] / 1000.0));
    }

    @Test
    void readsIntrinsicsForAnotherSizeThanTheImages() throws IOException {
        fixture.editFrame(
                0,
                frame -> frame.put("w", 80)
                        .put("h", 60)
                        .put("fl_x", 72.5)
                        .put("fl_y", 75)
                        .put("cx", 38.75)
                        .put("cy", 26.25));
        assertThat(open(SIZE).read(0).frame().intrinsics())
                .isEqualTo(TransformsFixture.frame(0).intrinsics());
    }

    @Test
    void readsIntrinsicsGivenOnceForAllFrames() throws IOException {
        for (String key : new String[] {"fl_x", "fl_y", "cx", "cy", "w", "h"}) {
            fixture.edit(json -> {
                json.set(key, json.get("frames").get(1).get(key));
                json.get("frames").forEach(frame -> ((ObjectNode) frame).remove(key));
            });
        }
        assertThat(open(SIZE).read(0).frame().intrinsics())
                .isEqualTo(TransformsFixture.frame(1).intrinsics());
    }

    @Test
    void takesTheDepthScaleOfTheFrameOverTheScenes() throws IOException {
        fixture.editFrame(1, frame -> frame.put("depth_scale", 0.00025));
        int units = TransformsFixture.images(1).depth().values()[5];
        assertThat(open(SIZE).read(1).depth()[5]).isEqualTo((float) (units / 4000.0));
    }

    @Test
    void acceptsAFrameWithoutLabelsAndSuperpixels() throws IOException {
        fixture.editFrame(1, frame -> frame.remove(Arrays.asList("label_path", "superpixel_path")));
        SourceScene scene = open(SIZE);
        assertThat(scene.hasLabels(0)).isTrue();
        assertThat(scene.hasLabels(1)).isFalse();
        assertThat(scene.read(1).labels()).isNull();
        assertThat(scene.read(1).superpixels()).isNull();
    }

    @Test
    void takes65535AsVoidIn16BitLabels() throws IOException {
        char[] ids = new char[SIZE.pixels()];
        ids[3] = 0xffff;
        ids[4] = 255;
        ids[5] = 2;
        fixture.put("labels/f0.png", ImageFiles.png(new IntegerImage(SIZE, 16, ids)));
        assertThat(Arrays.copyOf(open(SIZE).read(0).labels(), 6)).containsExactly(0, 0, 0, 255, 255, 2);
    }

    @Test
    void readsDepthOfAnotherSizeButTheSameShape() throws IOException {
        char[] units = new char[16 * 12];
        Arrays.fill(units, (char) 1500);
        fixture.put("depth/f0.png", ImageFiles.png(new IntegerImage(new ImageSize(16, 12), 16, units)));
        assertThat(open(SIZE).read(0).depth()).containsOnly(1.5f);
    }

    private TransformsScenes scenes() {
        return new TransformsScenes(new DirectorySceneSource(root));
    }

    private SourceScene open(ImageSize size) throws IOException {
        return scenes().open("room", size, 3);
    }
}
