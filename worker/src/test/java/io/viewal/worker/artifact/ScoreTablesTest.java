package io.viewal.worker.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.DatasetManifest.FileEntry;
import io.viewal.worker.dataset.Region;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The bytes of the files that stages and other programs exchange. */
class ScoreTablesTest {

    private static final String SELECTION = """
            rank,scene,frame,superpixel,pixels,score,divergence
            0,room,f1,17,310,1.5,0.25
            1,room,f0,-1,4800,0.125,NaN
            2,"a,b",f2,65x65+12+0,4225,3001.75,NaN
            """;

    private static final String SCORES = """
            frame,superpixel,pixels,score,divergence
            f0,0,300,0.1,0.0
            f0,1,12,2.0,1.0E-9
            f1,65x65+0+7,4225,17.0,NaN
            """;

    private static final String INDEX = """
            {"scenes":[{"files":{"superpixel-scores.csv":{"bytes":12,"name":"scenes/room/superpixel-scores.csv",\
            "sha256":"00ff"}},"frames":["f0","f1"],"name":"room"}],"strategy":"ViewAL","version":2}""";

    @Test
    void selectionCsvHasTheseBytes() {
        List<SelectionCsv.Row> rows = List.of(
                new SelectionCsv.Row(0, "room", "f1", new Region.Superpixel(17), 310, 1.5, 0.25),
                new SelectionCsv.Row(1, "room", "f0", Region.WHOLE_FRAME, 4800, 0.125, Double.NaN),
                new SelectionCsv.Row(2, "a,b", "f2", new Region.Window(12, 0, 65, 65), 4225, 3001.75, Double.NaN));
        assertThat(SelectionCsv.write(rows)).isEqualTo(SELECTION);
        assertThat(SelectionCsv.read(SELECTION)).isEqualTo(rows);
    }

    @Test
    void superpixelScoresCsvHasTheseBytes() {
        List<SuperpixelScoresCsv.Row> rows = List.of(
                new SuperpixelScoresCsv.Row("f0", new Region.Superpixel(0), 300, 0.1, 0),
                new SuperpixelScoresCsv.Row("f0", new Region.Superpixel(1), 12, 2, 1e-9),
                new SuperpixelScoresCsv.Row("f1", new Region.Window(0, 7, 65, 65), 4225, 17, Double.NaN));
        assertThat(SuperpixelScoresCsv.write(rows)).isEqualTo(SCORES);
        assertThat(SuperpixelScoresCsv.read(SCORES)).isEqualTo(rows);
    }

    @Test
    void theIndexOfScoresHasTheseBytes() {
        FileEntry table = new FileEntry("scenes/room/superpixel-scores.csv", 12, "00ff");
        ScoresIndex index = new ScoresIndex(
                ScoresIndex.VERSION,
                "ViewAL",
                List.of(new ScoresIndex.Scene(
                        "room", List.of("f0", "f1"), Map.of(ScoresIndex.SUPERPIXEL_SCORES, table))));
        assertThat(new String(index.toBytes(), StandardCharsets.UTF_8)).isEqualTo(INDEX);
        assertThat(ScoresIndex.read(index.toBytes())).isEqualTo(index);
    }

    @Test
    void aSelectionIsAListOfLabeledRegions() {
        assertThat(RegionNamesCsv.read(SELECTION))
                .extracting(row -> row.region().toString())
                .containsExactly("17", "-1", "65x65+12+0");
    }

    @Test
    void aRegionThatIsNoneIsNamedWithItsRow() {
        assertThatThrownBy(() -> SelectionCsv.read(SELECTION.replace("65x65+12+0", "65by65")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("selection.csv, row 3")
                .hasMessageContaining("'65by65' is no region");
    }

    @Test
    void anIndexOfAnotherVersionIsRefused() {
        byte[] old = INDEX.replace("\"version\":2", "\"version\":1").getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> ScoresIndex.read(old))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("version 1")
                .hasMessageContaining("score the scenes again");
    }
}
