package io.viewal.worker.dataset.importer.colmap;

import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Intrinsics;
import io.viewal.worker.dataset.importer.source.SourceFault;
import io.viewal.worker.dataset.importer.source.SourceFiles;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * A camera of {@code cameras.txt}.
 *
 * @param model such as PINHOLE
 * @param intrinsics null when the model has a distortion, which can't be imported
 */
record ColmapCamera(String model, ImageSize size, Intrinsics intrinsics) {

    /** COLMAP counts from the corner of a pixel, everything here from its centre. */
    private static final double CORNER = 0.5;

    /** Reads lines of {@code CAMERA_ID MODEL WIDTH HEIGHT PARAMS[]}, by their ids. */
    static Map<String, ColmapCamera> read(SourceFiles files, String path) throws IOException {
        Map<String, ColmapCamera> cameras = new HashMap<>();
        try (TextLines lines = new TextLines(files, path)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                String[] words = line.split("\\s+");
                try {
                    cameras.put(words[0], parse(words));
                } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                    throw SourceFault.invalid(
                            lines,
                            "the line '" + line + "' is no camera (CAMERA_ID MODEL WIDTH HEIGHT PARAMS): "
                                    + e.getMessage(),
                            e);
                }
            }
        }
        return cameras;
    }

    private static ColmapCamera parse(String[] words) {
        ImageSize size = new ImageSize(Integer.parseInt(words[2]), Integer.parseInt(words[3]));
        double[] p =
                Arrays.stream(words).skip(4).mapToDouble(Double::parseDouble).toArray();
        Intrinsics intrinsics = switch (words[1]) {
            case "PINHOLE" -> new Intrinsics(p[0], p[1], p[2] - CORNER, p[3] - CORNER);
            case "SIMPLE_PINHOLE" -> new Intrinsics(p[0], p[0], p[1] - CORNER, p[2] - CORNER);
            default -> null;
        };
        return new ColmapCamera(words[1], size, intrinsics);
    }
}
