package io.viewal.worker.dataset.importer.matterport;

import io.viewal.worker.dataset.VoidLabel;
import io.viewal.worker.dataset.importer.source.LabelTable;
import java.util.List;

/** The 40 classes of Matterport3D; its ids 0 (void) and 41 (unlabeled) have none. */
final class Mpcat40 {

    private static final int UNLABELED = 41;

    /** Names in the order of their ids; id 1 of the maps is the first. */
    static final List<String> CLASSES = List.of(
            "wall",
            "floor",
            "chair",
            "door",
            "table",
            "picture",
            "cabinet",
            "cushion",
            "window",
            "sofa",
            "bed",
            "curtain",
            "chest_of_drawers",
            "plant",
            "sink",
            "stairs",
            "ceiling",
            "toilet",
            "stool",
            "towel",
            "mirror",
            "tv_monitor",
            "shower",
            "column",
            "bathtub",
            "counter",
            "fireplace",
            "lighting",
            "beam",
            "railing",
            "shelving",
            "blinds",
            "gym_equipment",
            "seating",
            "board_panel",
            "furniture",
            "appliances",
            "clothes",
            "objects",
            "misc");

    private Mpcat40() {}

    static LabelTable table() {
        LabelTable table = new LabelTable(CLASSES.size());
        for (int id = 1; id <= CLASSES.size(); id++) {
            table.put(id, id - 1);
        }
        table.put(0, VoidLabel.ID);
        table.put(UNLABELED, VoidLabel.ID);
        table.put(VoidLabel.ID, VoidLabel.ID);
        return table;
    }
}
