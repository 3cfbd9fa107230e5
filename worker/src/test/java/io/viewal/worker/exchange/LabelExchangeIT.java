package io.viewal.worker.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.viewal.contract.ContractJson;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.artifact.GreyPng;
import io.viewal.worker.artifact.LabelSet.FrameKey;
import io.viewal.worker.dataset.ClassColors;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.exchange.LabelExchange.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Labels as other programs have them. */
class LabelExchangeIT {

    private static final ImageSize SIZE = new ImageSize(3, 2);
    private static final FrameKey FRAME = new FrameKey("room", "0001");
    private static final LabelExchange EXCHANGE = new LabelExchange(List.of("bed", "chair"), SIZE);
    private static final byte[] IDS = {0, 0, 1, -1, 1, 1};

    @TempDir
    Path folder;

    private static SortedMap<FrameKey, byte[]> maps() {
        SortedMap<FrameKey, byte[]> maps = new TreeMap<>();
        maps.put(FRAME, IDS);
        return maps;
    }

    @Test
    void readsTheColoursThatItWroteForCvat() throws IOException {
        EXCHANGE.write(Format.CVAT, maps(), folder);
        assertThat(folder.resolve("ImageSets/Segmentation/default.txt")).hasContent("room/0001\n");
        assertThat(folder.resolve("labelmap.txt")).content().contains("background:0,0,0::\nbed:");
        ClassTable table = ClassTable.read(Files.readString(folder.resolve("labelmap.txt")), "labelmap.txt");
        assertThat(EXCHANGE.read(folder, table)).containsOnlyKeys(FRAME).containsEntry(FRAME, IDS);
    }

    @Test
    void findsClassesByNameWhateverTheirOrder() throws IOException {
        EXCHANGE.write(Format.CVAT, maps(), folder);
        ClassTable table = ClassTable.read(Files.readString(folder.resolve("labelmap.txt")), "labelmap.txt");
        assertThat(new LabelExchange(List.of("chair", "lamp", "bed"), SIZE)
                        .read(folder, table)
                        .get(FRAME))
                .containsExactly(2, 2, 0, -1, 0, 0);
    }

    @Test
    void aColourOrAClassThatNobodyKnowsIsNamed() throws IOException {
        EXCHANGE.write(Format.CVAT, maps(), folder);
        int bed = ClassColors.of(0);
        ClassTable other = ClassTable.read("background:0,0,0::\nchair:1,2,3::\n", "classes.txt");
        assertThatThrownBy(() -> EXCHANGE.read(folder, other))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("the colour %d,%d,%d at column 0, row 0", bed >> 16, bed >> 8 & 255, bed & 255);
        ClassTable unknown = ClassTable.read("sofa:1,2,3::\n", "classes.txt");
        assertThatThrownBy(() -> EXCHANGE.read(folder, unknown))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("has sofa, which the data set has not; its classes are bed, chair");
        assertThatThrownBy(() -> ClassTable.read("bed:1,2,3\nchair:1,2,3", "classes.txt"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("line 2: the colour of 'chair' is that of another class");
        assertThatThrownBy(() -> ClassTable.read("bed", "classes.txt"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("line 1: 'bed', expected name:red,green,blue::");
    }

    @Test
    void writesGreyMapsOfIds() throws IOException {
        EXCHANGE.write(Format.PNG, maps(), folder);
        byte[] png = Files.readAllBytes(folder.resolve("room/0001.png"));
        assertThat(GreyPng.decode(png, SIZE, "the map")).isEqualTo(IDS);
    }

    /** Of 3 × 2 pixels, column by column: bed and none, bed and chair, chair and chair. */
    @Test
    void writesRunLengthsOfColumnsForCoco() throws IOException {
        EXCHANGE.write(Format.COCO, maps(), folder);
        JsonNode coco = ContractJson.mapper()
                .readTree(folder.resolve("instances_default.json").toFile());
        assertThat(coco.at("/images/0/file_name").asText()).isEqualTo("room/0001.png");
        assertThat(coco.at("/categories").toString())
                .isEqualTo("[{\"id\":1,\"name\":\"bed\"},{\"id\":2,\"name\":\"chair\"}]");
        assertThat(coco.at("/annotations/0/segmentation").toString())
                .isEqualTo("{\"counts\":[0,1,1,1,3],\"size\":[2,3]}");
        assertThat(coco.at("/annotations/1/segmentation/counts").toString()).isEqualTo("[3,3]");
        assertThat(coco.at("/annotations/1/bbox").toString()).isEqualTo("[1,0,2,2]");
        assertThat(coco.at("/annotations/1/area").asInt()).isEqualTo(3);
        assertThat(coco.at("/annotations/1/category_id").asInt()).isEqualTo(2);
    }
}
