package io.viewal.worker.dataset.importer.scannet;

import io.viewal.worker.dataset.VoidLabel;
import io.viewal.worker.dataset.importer.source.LabelTable;
import io.viewal.worker.dataset.importer.source.Nyu40;
import io.viewal.worker.dataset.interchange.IntegerImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** ScanNet's raw label ids, by the columns {@code id} and {@code nyu40id} of its table; 0 is void. */
final class RawLabels {

    static final String FILE = "scannetv2-labels.combined.tsv";

    /** What to do about label maps with raw ids. */
    static final String NEEDED = "these labels have raw ids; give the table " + FILE
            + " by --label-table (source.labelTable), or lay it beside the scans";

    private final LabelTable table;

    private RawLabels(LabelTable table) {
        this.table = table;
    }

    /** Reads the table. */
    static RawLabels read(Path file) throws IOException {
        LabelTable table = new LabelTable(Nyu40.CLASSES.size());
        table.put(0, VoidLabel.ID);
        for (Map<String, String> row : LabelTable.rows(file, "\t", "id", "nyu40id")) {
            int id = LabelTable.number(file, "id", row.get("id"));
            // Rows without a class are known but have none.
            String nyu40 = row.get("nyu40id").isEmpty() ? "0" : row.get("nyu40id");
            table.put(id, Nyu40.classId(LabelTable.number(file, "nyu40id", nyu40)));
        }
        return new RawLabels(table);
    }

    IntegerImage classIds(String place, IntegerImage raw) {
        return table.classIds(place, raw);
    }
}
