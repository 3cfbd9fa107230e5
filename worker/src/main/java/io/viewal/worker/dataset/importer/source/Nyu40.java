package io.viewal.worker.dataset.importer.source;

import io.viewal.worker.dataset.VoidLabel;
import java.util.List;

/** The 40 classes of NYU Depth v2 that ScanNet's filtered label maps and Hypersim use. */
public final class Nyu40 {

    /** Names in the order of their ids; id 1 of the maps is the first. */
    public static final List<String> CLASSES = List.of(
            "wall",
            "floor",
            "cabinet",
            "bed",
            "chair",
            "sofa",
            "table",
            "door",
            "window",
            "bookshelf",
            "picture",
            "counter",
            "blinds",
            "desk",
            "shelves",
            "curtain",
            "dresser",
            "pillow",
            "mirror",
            "floor mat",
            "clothes",
            "ceiling",
            "books",
            "refrigerator",
            "television",
            "paper",
            "towel",
            "shower curtain",
            "box",
            "whiteboard",
            "person",
            "night stand",
            "toilet",
            "sink",
            "lamp",
            "bathtub",
            "bag",
            "otherstructure",
            "otherfurniture",
            "otherprop");

    private Nyu40() {}

    /** Class id from 0: NYU40 id − 1; void for 0 and for ids that NYU40 does not have, as in the published code. */
    public static int classId(int nyu40) {
        return nyu40 >= 1 && nyu40 <= CLASSES.size() ? nyu40 - 1 : VoidLabel.ID;
    }

    /** The table of maps with these ids: 0 and {@link VoidLabel#ID} are void, others are unknown. */
    public static LabelTable table() {
        LabelTable table = new LabelTable(CLASSES.size());
        for (int id = 0; id <= CLASSES.size(); id++) {
            table.put(id, classId(id));
        }
        table.put(VoidLabel.ID, VoidLabel.ID);
        return table;
    }
}
