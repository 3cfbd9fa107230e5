package io.viewal.worker.dataset.importer.colmap;

import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.importer.source.SourceFault;
import io.viewal.worker.dataset.importer.source.SourceFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * COLMAP's text files. A line of points follows each image's in files that COLMAP wrote; those made by hand may have none.
 *
 * @see <a href="https://colmap.github.io/format.html#text-format">COLMAP's formats</a>
 */
final class TextModel {

    private static final int NAME = 9;
    private static final String NUMBER = "[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?|[-+]?(nan|inf)";

    private TextModel() {}

    /** Lines of {@code CAMERA_ID MODEL WIDTH HEIGHT PARAMS[]}. */
    static Map<Long, ColmapCamera> cameras(SourceFiles files, String path) throws IOException {
        Map<Long, ColmapCamera> cameras = new HashMap<>();
        try (TextLines lines = new TextLines(files, path)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                String[] words = line.split("\\s+");
                try {
                    if (cameras.put(Long.parseLong(words[0]), camera(words)) != null) {
                        throw new IllegalArgumentException("camera " + words[0] + " is there twice");
                    }
                } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                    throw SourceFault.invalid(
                            lines,
                            "the line '" + line + "' is no camera (CAMERA_ID MODEL WIDTH HEIGHT PARAMS): "
                                    + e.getMessage(),
                            e);
                }
            }
            lines.requireStated("cameras", cameras.size());
        }
        return cameras;
    }

    private static ColmapCamera camera(String[] words) {
        ImageSize size = new ImageSize(Integer.parseInt(words[2]), Integer.parseInt(words[3]));
        return ColmapCamera.of(
                words[1],
                size,
                Arrays.stream(words).skip(4).mapToDouble(Double::parseDouble).toArray());
    }

    /** Lines of {@code IMAGE_ID QW QX QY QZ TX TY TZ CAMERA_ID NAME}, each with or without its line of points. */
    static List<ColmapImage> images(SourceFiles files, String path) throws IOException {
        List<ColmapImage> images = new ArrayList<>();
        try (TextLines lines = new TextLines(files, path)) {
            boolean points = true;
            for (String line = lines.next(); line != null; line = lines.next()) {
                String[] words = line.split("\\s+", NAME + 1);
                boolean image = words.length > NAME && !words[NAME].split("\\s+")[0].matches(NUMBER);
                if (image) {
                    images.add(image(lines, line, words));
                } else if (points || !Arrays.stream(words).limit(NAME).allMatch(word -> word.matches(NUMBER))) {
                    throw SourceFault.invalid(
                            lines,
                            "the line '" + lines.shortened(line)
                                    + "' is no image (IMAGE_ID QW QX QY QZ TX TY TZ CAMERA_ID NAME)");
                } else if (lines.endedEarly()) {
                    throw SourceFault.invalid(lines, "its last line does not end: it is cut off; copy it again");
                }
                points = !image;
            }
            lines.requireStated("images", images.size());
        }
        return images;
    }

    private static ColmapImage image(TextLines lines, String line, String[] words) {
        try {
            double[] n = new double[7];
            for (int i = 0; i < n.length; i++) {
                n[i] = Double.parseDouble(words[1 + i]);
            }
            if (words[NAME].lastIndexOf('.') < 1) {
                throw new IllegalArgumentException("the name of a file has an extension");
            }
            return new ColmapImage(
                    words[NAME],
                    Long.parseLong(words[NAME - 1]),
                    Arrays.copyOf(n, 4),
                    Arrays.copyOfRange(n, 4, n.length));
        } catch (IllegalArgumentException e) {
            throw SourceFault.invalid(
                    lines,
                    "the line '" + lines.shortened(line)
                            + "' is no image (IMAGE_ID QW QX QY QZ TX TY TZ CAMERA_ID NAME): " + e.getMessage(),
                    e);
        }
    }
}
