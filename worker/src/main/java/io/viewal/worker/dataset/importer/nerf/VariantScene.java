package io.viewal.worker.dataset.importer.nerf;

import com.fasterxml.jackson.databind.JsonNode;
import io.viewal.worker.dataset.importer.source.SceneTraits;
import io.viewal.worker.dataset.importer.source.SourceFault;
import io.viewal.worker.dataset.importer.source.SourceFiles;
import io.viewal.worker.dataset.importer.source.SourceOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What holds for all frames of a {@code transforms.json} of another tool.
 *
 * @param file the JSON, in the scene's folder
 * @param root its content
 */
record VariantScene(SourceFiles files, String file, JsonNode root, SceneTraits traits) {

    private static final double DEFAULT_UNIT = 0.001;
    private static final Set<String> PINHOLES = Set.of("PINHOLE", "SIMPLE_PINHOLE", "OPENCV", "perspective");
    private static final List<String> DISTORTION = List.of("k1", "k2", "k3", "k4", "p1", "p2");

    /** Where tools lay images beside the JSON, or above it (ScanNet++). */
    private static final List<String> COLOR_FOLDERS = List.of("", "images/", "rgb/", "../undistorted_images/");

    private static final List<String> DEPTH_FOLDERS =
            List.of("depth/", "depths/", "../undistorted_depths/", "../render_depth/");

    static VariantScene of(SourceFiles files, String file, JsonNode root, SourceOptions options) {
        List<String> classes = new ArrayList<>();
        root.path("classes").forEach(name -> classes.add(name.asText()));
        double unit = options.metresADepthUnit()
                .orElse(root.path("depth_unit_scale_factor")
                        .asDouble(root.path("depth_scale").asDouble(DEFAULT_UNIT)));
        String kind = root.path("depth_kind").asText("z");
        if (!(unit > 0) || !(kind.equals("z") || kind.equals("ray"))) {
            throw SourceFault.invalid(
                    files.describe(file),
                    "depth of kind '" + kind + "' with " + unit
                            + " m a unit; expected \"z\" or \"ray\", and a positive number");
        }
        return new VariantScene(files, file, root, new SceneTraits(classes, unit, kind.equals("ray")));
    }

    /** A frame's own field, else the scene's. */
    JsonNode field(JsonNode entry, String key) {
        return entry.hasNonNull(key) ? entry.get(key) : root.path(key);
    }

    /** @throws IllegalArgumentException when the camera is no pinhole */
    void requirePinhole(JsonNode entry) {
        String model = field(entry, "camera_model").asText("PINHOLE");
        if (!PINHOLES.contains(model)) {
            throw new IllegalArgumentException(
                    "the camera model " + model + " is no pinhole; undistort the images first");
        }
        for (String key : DISTORTION) {
            if (field(entry, key).asDouble(0) != 0) {
                throw new IllegalArgumentException(
                        "the lens distortion '" + key + "' is " + field(entry, key) + "; undistort the images first");
            }
        }
    }

    /** The first file of these names that is there, beside the JSON or in the usual folders; null when none is. */
    String color(List<String> names) {
        return find(COLOR_FOLDERS, names);
    }

    /** As above, for depth. */
    String depth(String name) {
        return find(DEPTH_FOLDERS, List.of(name));
    }

    /** The path in the scene's folder of one that is relative to the JSON. */
    String resolve(String path) {
        List<String> segments = new ArrayList<>(List.of(file.split("/")));
        segments.removeLast();
        for (String segment : path.split("/")) {
            if (segment.equals("..") && !segments.isEmpty()) {
                segments.removeLast();
            } else if (!segment.equals(".") && !segment.isEmpty()) {
                segments.add(segment);
            }
        }
        return String.join("/", segments);
    }

    private String find(List<String> folders, List<String> names) {
        return folders.stream()
                .flatMap(folder -> names.stream().map(name -> resolve(folder + name)))
                .filter(path -> !Stream.of(path.split("/")).anyMatch(".."::equals))
                .filter(files::exists)
                .findFirst()
                .orElse(null);
    }
}
