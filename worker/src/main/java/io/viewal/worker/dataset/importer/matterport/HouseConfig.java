package io.viewal.worker.dataset.importer.matterport;

import io.viewal.worker.dataset.importer.source.SourceFault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A house's {@code .conf}: a command a line. {@code intrinsics_matrix} holds for the scans after it, up to the next.
 *
 * @param depthFolder of the depth images
 * @param colorFolder of the colour images
 */
record HouseConfig(String depthFolder, String colorFolder, List<Scan> scans) {

    private static final int SCAN_WORDS = 3 + 16;
    private static final int INTRINSIC_WORDS = 1 + 9;

    /**
     * One image.
     *
     * @param matrix intrinsics as they are written: 9 numbers, row-major
     * @param pose as it is written: 16 words
     */
    record Scan(String depth, String color, double[] matrix, List<String> pose) {}

    /**
     * Reads the lines.
     *
     * @param file as its user knows it
     */
    static HouseConfig parse(String file, String text) {
        String depthFolder = "undistorted_depth_images";
        String colorFolder = "undistorted_color_images";
        List<Scan> scans = new ArrayList<>();
        double[] matrix = null;
        for (String line : text.lines().map(String::strip).toList()) {
            List<String> words = List.of(line.split("\\s+"));
            switch (words.getFirst()) {
                case "depth_directory" -> depthFolder = second(file, line, words);
                case "color_directory" -> colorFolder = second(file, line, words);
                case "intrinsics_matrix" -> matrix = matrix(file, line, words);
                case "scan" -> {
                    requireWords(file, line, words, SCAN_WORDS);
                    if (matrix == null) {
                        throw SourceFault.invalid(file, "it has a scan before the first intrinsics_matrix: " + line);
                    }
                    scans.add(new Scan(words.get(1), words.get(2), matrix, words.subList(3, SCAN_WORDS)));
                }
                // Numbers of images, names of data sets, comments.
                default -> {}
            }
        }
        if (scans.isEmpty()) {
            throw SourceFault.invalid(file, "it has no line 'scan <depth image> <colour image> <16 numbers>'");
        }
        return new HouseConfig(depthFolder, colorFolder, scans);
    }

    private static String second(String file, String line, List<String> words) {
        requireWords(file, line, words, 2);
        return words.get(1);
    }

    private static double[] matrix(String file, String line, List<String> words) {
        requireWords(file, line, words, INTRINSIC_WORDS);
        try {
            double[] matrix =
                    words.stream().skip(1).mapToDouble(Double::parseDouble).toArray();
            if (!(matrix[0] > 0 && matrix[4] > 0 && Arrays.stream(matrix).allMatch(Double::isFinite))) {
                throw SourceFault.invalid(file, "these are no intrinsics: " + line);
            }
            return matrix;
        } catch (NumberFormatException e) {
            throw SourceFault.invalid(file, "a number is expected: " + line, e);
        }
    }

    private static void requireWords(String file, String line, List<String> words, int count) {
        if (words.size() != count) {
            throw SourceFault.invalid(file, "expected " + count + " words, found " + words.size() + ": " + line);
        }
    }
}
