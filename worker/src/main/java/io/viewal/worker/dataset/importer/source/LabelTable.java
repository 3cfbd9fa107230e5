package io.viewal.worker.dataset.importer.source;

import io.viewal.worker.PlainText;
import io.viewal.worker.dataset.VoidLabel;
import io.viewal.worker.dataset.interchange.IntegerImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which class a label id of a source stands for. Ids that it does not know are refused, not taken for void. */
public final class LabelTable {

    private static final int IDS = 1 << 16;
    private static final char UNKNOWN = 0xffff;

    private final char[] classOf = new char[IDS];
    private final Map<Integer, String> whyUnknown = new HashMap<>();
    private final int classes;

    /**
     * Starts an empty table.
     *
     * @param classes number of classes, at most 255
     */
    public LabelTable(int classes) {
        this.classes = classes;
        Arrays.fill(classOf, UNKNOWN);
    }

    /**
     * Adds an id.
     *
     * @param classId from 0, or {@link VoidLabel#ID}
     * @throws IllegalArgumentException when either is out of range
     */
    public void put(int id, int classId) {
        if (id < 0 || id >= IDS || classId != VoidLabel.ID && (classId < 0 || classId >= classes)) {
            throw new IllegalArgumentException("label id " + id + " for class " + classId + " of " + classes);
        }
        classOf[id] = (char) classId;
    }

    /**
     * Says why an id has no class, for the message when a map has it.
     *
     * @param reason a clause such as "is a 'shelf', which the table does not have"
     */
    public void putUnknown(int id, String reason) {
        whyUnknown.put(id, reason);
    }

    /**
     * The class ids of a label map, 8 bits.
     *
     * @param place the map's file as its user knows it
     * @throws io.viewal.worker.InvalidInputException when it has an id that is not in the table
     */
    public IntegerImage classIds(Object place, IntegerImage labels) {
        char[] ids = new char[labels.values().length];
        for (int p = 0; p < ids.length; p++) {
            ids[p] = classOf[labels.values()[p]];
            if (ids[p] == UNKNOWN) {
                int id = labels.values()[p];
                throw SourceFault.invalidLabels(
                        place,
                        "label id " + id + " "
                                + whyUnknown.getOrDefault(id, "is not in the label table; add it there"));
            }
        }
        return new IntegerImage(labels.size(), 8, ids);
    }

    /**
     * The rows of a text table whose first line names its columns; a row has the named columns, stripped.
     *
     * @param separator a regular expression
     * @throws io.viewal.worker.InvalidInputException when the file or a column is missing
     */
    public static List<Map<String, String>> rows(Path file, String separator, String... columns) throws IOException {
        List<String> lines;
        // By a stream, since a file of a bucket has no channel.
        try (InputStream content = Files.newInputStream(file)) {
            lines = PlainText.of(file.toString(), content.readAllBytes())
                    .lines()
                    .toList();
        } catch (NoSuchFileException e) {
            throw SourceFault.invalid(file, "there is no such label table", e);
        }
        List<String> header =
                lines.isEmpty() ? List.of() : List.of(lines.getFirst().split(separator));
        List<Map<String, String>> rows = new ArrayList<>();
        for (String column : columns) {
            if (!header.contains(column)) {
                throw SourceFault.invalid(file, "it has no column '" + column + "', only " + header);
            }
        }
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(separator, -1);
            Map<String, String> row = new HashMap<>();
            for (String column : columns) {
                int index = header.indexOf(column);
                row.put(column, index < cells.length ? cells[index].strip() : "");
            }
            if (!line.isBlank()) {
                rows.add(row);
            }
        }
        return rows;
    }

    /** A cell that must hold a whole number. */
    public static int number(Path file, String column, String cell) {
        try {
            return Integer.parseInt(cell);
        } catch (NumberFormatException e) {
            throw SourceFault.invalid(file, "column '" + column + "' has '" + cell + "', expected a whole number", e);
        }
    }
}
