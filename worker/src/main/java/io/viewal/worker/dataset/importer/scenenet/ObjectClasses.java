package io.viewal.worker.dataset.importer.scenenet;

import io.viewal.worker.dataset.VoidLabel;
import io.viewal.worker.dataset.importer.source.LabelTable;
import io.viewal.worker.dataset.importer.source.SourceFault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which of the 13 classes an object's WordNet id stands for, by the columns {@code wnid} and {@code 13_classes} of the
 * table that is published with the data set's code.
 */
final class ObjectClasses {

    static final String FILE = "wnid_to_class.txt";

    /** Names in id order. */
    static final List<String> CLASSES = List.of(
            "bed",
            "books",
            "ceiling",
            "chair",
            "floor",
            "furniture",
            "objects",
            "picture",
            "sofa",
            "table",
            "tv",
            "wall",
            "window");

    private static final String UNKNOWN = "unknown";
    private static final int ID_DIGITS = 8;

    private final Map<String, Integer> classOf = new HashMap<>();

    private ObjectClasses() {}

    /** Reads the table. */
    static ObjectClasses read(Path file) throws IOException {
        ObjectClasses table = new ObjectClasses();
        for (Map<String, String> row : LabelTable.rows(file, "\\s+", "wnid", "13_classes")) {
            String name = row.get("13_classes").toLowerCase(Locale.ROOT);
            int id = name.equals(UNKNOWN) ? VoidLabel.ID : CLASSES.indexOf(name);
            if (id < 0) {
                throw SourceFault.invalid(file, "'" + row.get("13_classes") + "' is none of the classes " + CLASSES);
            }
            table.classOf.put(padded(row.get("wnid")), id);
        }
        return table;
    }

    /** The table has ids as numbers, trajectories with leading zeros. */
    private static String padded(String wordNetId) {
        return "0".repeat(Math.max(0, ID_DIGITS - wordNetId.length())) + wordNetId;
    }

    /** The classes of a trajectory's instances; background is void. */
    LabelTable of(Trajectory trajectory) {
        LabelTable table = new LabelTable(CLASSES.size());
        table.put(0, VoidLabel.ID);
        trajectory.instances().forEach((id, instance) -> {
            Integer classId =
                    instance.background() ? (Integer) VoidLabel.ID : classOf.get(padded(instance.wordNetId()));
            if (classId == null) {
                table.putUnknown(
                        id,
                        "is a '" + instance.english() + "' with WordNet id " + instance.wordNetId() + ", which " + FILE
                                + " does not have; add it there");
            } else {
                table.put(id, classId);
            }
        });
        return table;
    }
}
