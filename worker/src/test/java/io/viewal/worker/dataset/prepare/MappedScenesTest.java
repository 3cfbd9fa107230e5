package io.viewal.worker.dataset.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viewal.contract.PrepareParameters.Synthetic;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.SourceScene;
import io.viewal.worker.dataset.SourceScenes;
import io.viewal.worker.dataset.VoidLabel;
import io.viewal.worker.dataset.synthetic.SyntheticScenes;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MappedScenesTest {

    private static final ImageSize SIZE = new ImageSize(64, 48);
    private static final List<String> FEW = List.of("wall", "floor", "furniture");
    private static final SourceScenes ROOMS = new SyntheticScenes(new Synthetic(1, 3, 1));

    /** All but walls, floors and furniture itself. */
    private static Map<String, String> mapping() {
        Map<String, String> mapping = new HashMap<>();
        List.of("bed", "chair", "sofa", "table").forEach(name -> mapping.put(name, "furniture"));
        List.of("books", "ceiling", "objects", "picture", "tv", "window").forEach(name -> mapping.put(name, "void"));
        return mapping;
    }

    @Test
    void mergesAndDropsClassesByName() throws IOException {
        SourceScenes mapped = MappedScenes.of(ROOMS, FEW, mapping());
        assertThat(mapped.classes()).isEqualTo(FEW);
        SourceScene before = ROOMS.open("room-00000", SIZE, 13);
        SourceScene after = mapped.open("room-00000", SIZE, FEW.size());
        int furniture = 0;
        for (int frame = 0; frame < 3; frame++) {
            byte[] old = before.read(frame).labels();
            byte[] labels = after.read(frame).labels();
            for (int p = 0; p < labels.length; p++) {
                String name =
                        old[p] == (byte) VoidLabel.ID ? "void" : ROOMS.classes().get(old[p]);
                String target = mapping().getOrDefault(name, name);
                assertThat(labels[p]).isEqualTo((byte) (target.equals("void") ? VoidLabel.ID : FEW.indexOf(target)));
                furniture += target.equals("furniture") ? 1 : 0;
            }
        }
        assertThat(furniture).isPositive();
        assertThat(after.digest()).isNotEqualTo(before.digest());
        assertThat(after.read(0).depth()).isEqualTo(before.read(0).depth());
    }

    @Test
    void isNothingWithoutAMapping() throws IOException {
        assertThat(MappedScenes.of(ROOMS, FEW, Map.of())).isSameAs(ROOMS);
    }

    @Test
    void everyClassOfTheSourceNeedsATarget() {
        Map<String, String> mapping = mapping();
        mapping.remove("tv");
        assertRefused(FEW, mapping, "the class 'tv', which is not among 'classes'");
    }

    @Test
    void namesMustBeKnown() {
        Map<String, String> mapping = mapping();
        mapping.put("lamp", "furniture");
        assertRefused(FEW, mapping, "'lamp', which the source does not have");
        mapping.remove("lamp");
        mapping.put("tv", "screen");
        assertRefused(FEW, mapping, "maps 'tv' to 'screen'");
        assertRefused(List.of(), mapping(), "give 'classes'");
    }

    private static void assertRefused(List<String> classes, Map<String, String> mapping, String words) {
        assertThatThrownBy(() -> MappedScenes.of(ROOMS, classes, mapping))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(words);
    }
}
