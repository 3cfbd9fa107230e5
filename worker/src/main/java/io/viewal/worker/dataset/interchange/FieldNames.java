package io.viewal.worker.dataset.interchange;

import com.fasterxml.jackson.databind.JsonNode;
import io.viewal.worker.NearestNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The fields of a {@code transforms.json} that are read, and those that are known to change nothing. Others are passed over,
 * but for those that look like one that is read: a misspelled field must not be left out unnoticed.
 */
final class FieldNames {

    /** Of a frame, or of all frames when the scene has them. */
    private static final Set<String> OF_A_FRAME = Set.of(
            "file_path",
            "depth_file_path",
            "depth_path",
            "label_path",
            "superpixel_path",
            "transform_matrix",
            "sha256",
            "is_bad",
            "camera_model",
            "is_fisheye",
            "distortion_params",
            "fl_x",
            "fl_y",
            "cx",
            "cy",
            "w",
            "h",
            "k1",
            "k2",
            "k3",
            "k4",
            "k5",
            "k6",
            "p1",
            "p2",
            "camera_angle_x",
            "camera_angle_y",
            "depth_kind",
            "depth_unit_scale_factor",
            "depth_scale",
            "integer_depth_scale",
            "applied_scale");

    /** Other tools' fields whose names are near to those above. */
    private static final Set<String> OTHERS = Set.of("ply_file_path", "mask_path", "file_paths", "applied_transform");

    private static final Pattern DEPTH_MEANING = Pattern.compile("(?i).*depth.*(scale|unit|factor|kind|divi|shift).*");

    private FieldNames() {}

    /**
     * Fails when a field can hardly be anything else than one that is read, misspelled.
     *
     * @param more fields that are read here beside those of a frame
     * @throws IllegalArgumentException when there is one
     */
    static void requireKnown(JsonNode object, Set<String> more) {
        Set<String> known = new TreeSet<>(OF_A_FRAME);
        known.addAll(more);
        for (var field : object.properties()) {
            String name = field.getKey();
            if (known.contains(name) || OTHERS.contains(name)) {
                continue;
            }
            List<String> near = new ArrayList<>(NearestNames.of(name, known));
            known.stream().filter(other -> holds(name, other)).forEach(near::add);
            if (!near.isEmpty()) {
                throw new IllegalArgumentException("the field '" + name + "' is not known: is it '" + near.getFirst()
                        + "'? Rename it, or remove it");
            }
            if (DEPTH_MEANING.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "the field '" + name + "' is not known, and seems to say what depth means: write"
                                + " 'depth_unit_scale_factor', metres a unit, in its place, or remove it");
            }
        }
    }

    /** {@code file_path} is part of other names too. */
    private static boolean holds(String name, String other) {
        return other.contains("_") && other.length() > "file_path".length() && name.contains(other);
    }
}
