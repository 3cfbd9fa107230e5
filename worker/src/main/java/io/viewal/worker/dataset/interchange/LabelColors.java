package io.viewal.worker.dataset.interchange;

import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.VoidLabel;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which class a colour of label maps stands for, by a table as CVAT writes it: lines of {@code name:r,g,b}, more behind
 * another colon, {@code #} before comments. A name that is no class is refused, but for {@code background}, which is void
 * then.
 *
 * @param classes class ids by colour, {@code r << 16 | g << 8 | b}
 */
public record LabelColors(Map<Integer, Integer> classes) {

    /** The table's name beside a {@code transforms.json}. */
    public static final String FILE = "labelmap.txt";

    private static final String BACKGROUND = "background";
    private static final int MOST = 255;

    /**
     * Reads a table.
     *
     * @param names of the classes in id order
     * @throws IllegalArgumentException when a line is none, or names no class; a clause with the line's number
     */
    public static LabelColors parse(String text, List<String> names) {
        Map<Integer, Integer> classes = new HashMap<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] parts = line.split(":");
            String name = parts[0].strip();
            int id = names.indexOf(name);
            if (id < 0 && !name.equals(BACKGROUND)) {
                throw new IllegalArgumentException(
                        "line " + number + " names '" + name + "', which is none of the classes " + names);
            }
            if (classes.put(color(parts, number), id < 0 ? VoidLabel.ID : id) != null) {
                throw new IllegalArgumentException("line " + number + " has a colour that is there twice: " + line);
            }
        }
        return new LabelColors(classes);
    }

    private static int color(String[] parts, int line) {
        String[] channels = parts.length < 2 ? new String[0] : parts[1].split(",");
        int color = 0;
        try {
            for (String channel : channels) {
                int value = Integer.parseInt(channel.strip());
                if (value < 0 || value > MOST) {
                    throw new NumberFormatException(channel);
                }
                color = color << 8 | value;
            }
        } catch (NumberFormatException e) {
            channels = new String[0];
        }
        if (channels.length != 3) {
            throw new IllegalArgumentException("line " + line + " is no name:r,g,b with numbers from 0 to 255");
        }
        return color;
    }

    /**
     * The class ids of a coloured map.
     *
     * @throws IOException when it can't be decoded or has a colour that is not in the table
     */
    IntegerImage ids(byte[] file) throws IOException {
        ColorImage image = ImageFiles.readColor(file);
        ImageSize size = image.size();
        byte[] ids = new byte[size.pixels()];
        for (int p = 0; p < ids.length; p++) {
            int red = image.rgb()[3 * p] & MOST;
            int green = image.rgb()[3 * p + 1] & MOST;
            int blue = image.rgb()[3 * p + 2] & MOST;
            Integer id = classes.get(red << 16 | green << 8 | blue);
            if (id == null) {
                throw new IOException("its colour " + red + "," + green + "," + blue + " at column " + p % size.width()
                        + ", row " + p / size.width() + " is not in the table of colours: add it there");
            }
            ids[p] = (byte) (int) id;
        }
        return IntegerImage.ofBytes(size, ids);
    }
}
