package io.viewal.worker.dataset.synthetic;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What the parts of a room are; the 13 classes of SceneNet-RGBD, in its order. */
enum RoomClass {
    BED,
    BOOKS,
    CEILING,
    CHAIR,
    FLOOR,
    FURNITURE,
    OBJECTS,
    PICTURE,
    SOFA,
    TABLE,
    TV,
    WALL,
    WINDOW;

    /** Names in id order. */
    static List<String> names() {
        return Arrays.stream(values())
                .map(c -> c.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    byte id() {
        return (byte) ordinal();
    }
}
