package io.viewal.worker.dataset.importer;

import io.viewal.worker.dataset.VoidLabel;
import io.viewal.worker.dataset.interchange.IntegerImage;
import java.util.List;

/** The 40 classes of NYU Depth v2 that ScanNet's filtered label maps use. */
final class Nyu40 {

    /** Names in the order of their ids; id 1 of the maps is the first. */
    static final List<String> CLASSES = List.of(
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

    /** Class ids from 0: NYU40 id − 1; 0 and ids above 40 become void. */
    static IntegerImage classIds(IntegerImage labels) {
        char[] ids = new char[labels.values().length];
        for (int p = 0; p < ids.length; p++) {
            int id = labels.values()[p];
            ids[p] = (char) (id >= 1 && id <= CLASSES.size() ? id - 1 : VoidLabel.ID);
        }
        return new IntegerImage(labels.size(), 8, ids);
    }
}
