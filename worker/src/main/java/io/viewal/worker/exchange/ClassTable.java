package io.viewal.worker.exchange;

import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.ClassColors;
import io.viewal.worker.dataset.VoidLabel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Classes by name and colour, CVAT's {@code labelmap.txt}: a line {@code name:red,green,blue::} a class, {@code #} before
 * remarks. What has no label is {@value #NONE}, black.
 *
 * @param colors 0xRRGGBB by name, in the order of the file
 */
public record ClassTable(Map<String, Integer> colors) {

    /** Name of the file. */
    public static final String FILE = "labelmap.txt";

    /** The name of what has no label. */
    static final String NONE = "background";

    private static final Pattern LINE = Pattern.compile("([^#:][^:]*):(\\d{1,3}),\\s*(\\d{1,3}),\\s*(\\d{1,3})(:.*)?");

    private static final int LARGEST = 255;

    /** The classes of a data set in the colours of the round's page. */
    public static ClassTable of(List<String> classes) {
        Map<String, Integer> colors = new LinkedHashMap<>();
        colors.put(NONE, 0);
        for (int id = 0; id < classes.size(); id++) {
            colors.put(classes.get(id), ClassColors.of(id));
        }
        return new ClassTable(colors);
    }

    /** The file's text. */
    public String text() {
        StringBuilder text = new StringBuilder("# label:color_rgb:parts:actions\n");
        colors.forEach((name, color) -> text.append(
                "%s:%d,%d,%d::\n".formatted(name, color >> 16 & LARGEST, color >> 8 & LARGEST, color & LARGEST)));
        return text.toString();
    }

    /**
     * Reads the file's text.
     *
     * @throws InvalidInputException when a line is none, or a colour stands for two classes
     */
    public static ClassTable read(String text, String file) {
        Map<String, Integer> colors = new LinkedHashMap<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            Matcher parts = LINE.matcher(line.strip());
            if (!parts.matches()) {
                throw invalid(file + ", line " + number + ": '" + line + "', expected name:red,green,blue:: such as"
                        + " chair:240,120,60::");
            }
            int color = Integer.parseInt(parts.group(2)) << 16
                    | Integer.parseInt(parts.group(3)) << 8
                    | Integer.parseInt(parts.group(4));
            if (colors.containsValue(color)) {
                throw invalid(file + ", line " + number + ": the colour of '" + parts.group(1)
                        + "' is that of another class: give each its own");
            }
            colors.put(parts.group(1), color);
        }
        return new ClassTable(colors);
    }

    /**
     * The data set's id of each colour, 255 for {@value #NONE}.
     *
     * @param classes of the data set, in id order
     * @throws InvalidInputException when the table has a class that the data set has not
     */
    Map<Integer, Integer> ids(List<String> classes) {
        Map<Integer, Integer> ids = new HashMap<>();
        List<String> unknown = new ArrayList<>();
        colors.forEach((name, color) -> {
            int id = name.equals(NONE) ? VoidLabel.ID : classes.indexOf(name);
            if (id < 0) {
                unknown.add(name);
            }
            ids.put(color, id);
        });
        if (!unknown.isEmpty()) {
            throw invalid("The table of classes has " + String.join(", ", unknown)
                    + ", which the data set has not; its classes are " + String.join(", ", classes)
                    + ": give the table's classes these names");
        }
        return ids;
    }

    private static InvalidInputException invalid(String sentence) {
        return new InvalidInputException(Reason.InvalidLabels, sentence);
    }
}
