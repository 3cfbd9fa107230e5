package io.viewal.worker.dataset.importer.scannet;

import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Intrinsics;
import io.viewal.worker.dataset.importer.source.NumberText;
import io.viewal.worker.dataset.importer.source.SourceFault;
import java.util.HashMap;
import java.util.Map;

/**
 * What {@code info/<scene>.txt} says of the depth camera.
 *
 * @param depthSize size of the depth images
 * @param intrinsics of the depth camera, in pixels of that size
 */
record ScanNetScan(ImageSize depthSize, Intrinsics intrinsics) {

    /**
     * Reads lines of {@code key = value}.
     *
     * @param file as its user knows it
     * @throws io.viewal.worker.InvalidInputException when it lacks a key, or a value is not a number
     */
    static ScanNetScan read(String file, String text) {
        Map<String, String> values = new HashMap<>();
        for (String line : text.lines().toList()) {
            String[] pair = line.split("=", 2);
            if (pair.length == 2) {
                values.put(pair[0].strip(), pair[1].strip());
            }
        }
        try {
            double[] k = NumberText.parse(require(values, "m_calibrationDepthIntrinsic"), 16);
            int width = Integer.parseInt(require(values, "m_depthWidth"));
            int height = Integer.parseInt(require(values, "m_depthHeight"));
            return new ScanNetScan(new ImageSize(width, height), new Intrinsics(k[0], k[5], k[2], k[6]));
        } catch (IllegalArgumentException e) {
            throw SourceFault.invalid(file, e.getMessage(), e);
        }
    }

    private static String require(Map<String, String> values, String key) {
        String value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException("it has no line '" + key + " = …'");
        }
        return value;
    }
}
