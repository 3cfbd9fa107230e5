package io.viewal.worker.dataset.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viewal.contract.ContractJson;
import io.viewal.contract.PrepareParameters;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Intrinsics;
import io.viewal.worker.dataset.SourceFrame;
import io.viewal.worker.dataset.SourceScene;
import io.viewal.worker.dataset.VoidLabel;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SyntheticScenesTest {

    private static final ImageSize SIZE = new ImageSize(80, 60);

    /** Of {@link #digest} on the machine that this was written on; the frames must be these on every machine. */
    private static final String DIGEST = "49befe6740890d6781e573ff5dbc7df491dc644615397307a1a5c138984b7f1e";

    @Test
    void framesAreTheSameBytesOnEveryMachine() throws IOException {
        SourceScene scene = scenes(1, 6, 42).open("room-00000", SIZE, 13);
        assertThat(digest(scene)).isEqualTo(DIGEST);
    }

    @Test
    void aSceneDoesNotDependOnHowManyThereAreNorOnTheOrderOfReading() throws IOException {
        SourceScene alone = scenes(2, 6, 42).open("room-00001", SIZE, 13);
        SourceScene oneOfMany = scenes(9, 6, 42).open("room-00001", SIZE, 13);
        oneOfMany.read(3);
        assertThat(digest(oneOfMany)).isEqualTo(digest(alone));
        assertThat(digest(scenes(2, 6, 42).open("room-00000", SIZE, 13))).isNotEqualTo(digest(alone));
        assertThat(digest(scenes(2, 6, 43).open("room-00001", SIZE, 13))).isNotEqualTo(digest(alone));
    }

    @Test
    void everyClassIsSeenAndNoneDominates() throws IOException {
        long[] pixels = new long[256];
        for (SourceFrame frame : frames(12, 10)) {
            for (byte label : frame.labels()) {
                pixels[Byte.toUnsignedInt(label)]++;
            }
        }
        long all = 12L * 10 * SIZE.pixels();
        for (RoomClass c : RoomClass.values()) {
            double share = (double) pixels[c.id()] / all;
            assertThat(share).as("share of %s", c).isBetween(0.004, c == RoomClass.WALL ? 0.65 : 0.3);
        }
        assertThat((double) pixels[VoidLabel.ID] / all).isBetween(0.00001, 0.02);
    }

    @Test
    void depthHasHolesButNotTooMany() throws IOException {
        long holes = 0;
        long odd = 0;
        long all = 0;
        for (SourceFrame frame : frames(6, 10)) {
            for (float metres : frame.depth()) {
                all++;
                holes += metres == 0 ? 1 : 0;
                odd += metres < 0 || metres > 9 || metres != (float) (Math.rint(1000.0 * metres) / 1000) ? 1 : 0;
            }
        }
        assertThat(odd).as("depths out of range or not in whole millimetres").isZero();
        assertThat((double) holes / all).isBetween(0.03, 0.25);
    }

    @Test
    void mostOfAFrameIsSeenByOtherFramesAtOtherDistances() throws IOException {
        double shared = 0;
        double distanceRatio = 0;
        int scenes = 6;
        for (int s = 0; s < scenes; s++) {
            SourceScene scene = scenes(scenes, 10, 3).open("room-0000" + s, SIZE, 13);
            Overlap overlap = Overlap.of(frames(scene));
            shared += overlap.shared / scenes;
            distanceRatio += overlap.distanceRatio / scenes;
        }
        assertThat(shared).as("share of pixels that another frame sees").isGreaterThan(0.6);
        assertThat(distanceRatio).as("mean ratio of distances").isGreaterThan(1.2);
    }

    @Test
    void pixelsOfTwoViewsOfOnePlaceHaveOneLabel() throws IOException {
        double agree = 0;
        int scenes = 6;
        for (int s = 0; s < scenes; s++) {
            SourceScene scene = scenes(scenes, 10, 3).open("room-0000" + s, SIZE, 13);
            agree += Overlap.of(frames(scene)).agreement / scenes;
        }
        assertThat(agree).as("share of equal labels at hits").isGreaterThan(0.93);
    }

    @Test
    void refusesNoScenesNoFramesAndFarTooMany() {
        assertThatThrownBy(() -> scenes(0, 1, 1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("source.synthetic.scenes is 0");
        assertThatThrownBy(() -> scenes(1, -3, 1)).hasMessageContaining("framesPerScene is -3");
        assertThatThrownBy(() -> scenes(1, 1_000_000, 1)).hasMessageContaining("expected 1 to");
    }

    private static SyntheticScenes scenes(int scenes, int frames, long seed) {
        return new SyntheticScenes(new PrepareParameters.Synthetic(scenes, frames, seed));
    }

    private static List<SourceFrame> frames(int scenes, int framesPerScene) throws IOException {
        List<SourceFrame> frames = new ArrayList<>();
        SyntheticScenes source = scenes(scenes, framesPerScene, 8);
        for (String name : source.names()) {
            frames.addAll(frames(source.open(name, SIZE, 13)));
        }
        return frames;
    }

    private static List<SourceFrame> frames(SourceScene scene) throws IOException {
        List<SourceFrame> frames = new ArrayList<>();
        for (int i = 0; i < scene.frameNames().size(); i++) {
            frames.add(scene.read(i));
        }
        return frames;
    }

    private static String digest(SourceScene scene) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        for (SourceFrame frame : frames(scene)) {
            out.write(frame.color());
            out.write(frame.labels());
            for (float metres : frame.depth()) {
                out.writeFloat(metres);
            }
            for (double number : frame.frame().pose().matrix()) {
                out.writeDouble(number);
            }
            Intrinsics k = frame.frame().intrinsics();
            out.writeDouble(k.fx());
            out.writeDouble(k.cx());
            out.writeDouble(k.cy());
        }
        return ContractJson.sha256(bytes.toByteArray());
    }
}
