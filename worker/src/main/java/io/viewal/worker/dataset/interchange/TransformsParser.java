package io.viewal.worker.dataset.interchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.CameraPose;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Intrinsics;
import io.viewal.worker.dataset.LeftOut;
import io.viewal.worker.dataset.SafeName;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads {@code transforms.json}: nerfstudio's form (cameras with OpenGL axes, intrinsics for all frames or for each,
 * {@code depth_file_path}) with the extensions {@code label_path}, {@code superpixel_path}, {@code classes},
 * {@code depth_scale}, {@code depth_kind} and {@code sha256}. Unknown fields are ignored; what would make the geometry wrong if it were ignored is refused.
 */
final class TransformsParser {

    static final String FILE = "transforms.json";
    static final String DIGESTS = "sha256";

    private static final double DEFAULT_DEPTH_SCALE = 0.001;
    private static final List<String> DISTORTION = List.of("k1", "k2", "k3", "k4", "p1", "p2");
    private static final Set<String> DEPTH_KINDS = Set.of("z", "ray");
    private static final Set<String> PINHOLE_MODELS = Set.of("PINHOLE", "SIMPLE_PINHOLE", "OPENCV", "perspective");

    /** Python writes NaN and Infinity as they are; reading them lets the message name the frame. */
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private final SourcePlace place;
    private final JsonNode root;
    private final boolean lenient;

    private TransformsParser(SourcePlace place, JsonNode root, boolean lenient) {
        this.place = place;
        this.root = root;
        this.lenient = lenient;
    }

    /**
     * Reads and checks a scene's description.
     *
     * @param lenient frames that break a rule are left out, as long as one is whole
     * @throws InvalidInputException when a rule is broken; names scene and frame
     */
    static SceneDescription parse(SourcePlace scene, InputStream json, boolean lenient) throws IOException {
        SourcePlace place = scene.file(FILE);
        try {
            return new TransformsParser(place, MAPPER.readTree(json), lenient).scene();
        } catch (JsonProcessingException e) {
            throw place.invalid("is not JSON (" + e.getOriginalMessage() + ")", e);
        }
    }

    private SceneDescription scene() {
        JsonNode entries = root.path("frames");
        if (!entries.isArray() || entries.isEmpty()) {
            throw place.invalid("has no frames; expected a list 'frames' with at least one frame");
        }
        Map<String, FrameDescription> frames = new TreeMap<>();
        List<LeftOut> leftOut = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            try {
                add(frame(i, entries.get(i)), frames);
            } catch (InvalidInputException e) {
                if (!lenient) {
                    throw e;
                }
                leftOut.add(new LeftOut(name(i, entries.get(i)), e.getMessage()));
            }
        }
        if (frames.isEmpty()) {
            throw place.invalid("none of its " + entries.size() + " frames can be used; the first: "
                    + leftOut.getFirst().reason());
        }
        return new SceneDescription(classes(), List.copyOf(frames.values()), leftOut);
    }

    private void add(FrameDescription frame, Map<String, FrameDescription> frames) {
        FrameDescription other = frames.putIfAbsent(frame.name(), frame);
        if (other != null) {
            throw place.frame(frame.name())
                    .invalid("two frames have this name: '" + other.colorPath() + "' and '" + frame.colorPath()
                            + "'; give each image of a scene its own file name");
        }
    }

    /** A name for a frame that may have none. */
    private static String name(int index, JsonNode entry) {
        String path = entry.path("file_path").asText();
        return path.isEmpty() ? "#" + index : RelativePath.stem(path);
    }

    private List<String> classes() {
        List<String> names = new ArrayList<>();
        for (JsonNode name : root.path("classes")) {
            if (!name.isTextual() || names.contains(name.asText())) {
                throw place.invalid("'classes' must be a list of different names, found " + name);
            }
            names.add(name.asText());
        }
        return List.copyOf(names);
    }

    private FrameDescription frame(int index, JsonNode entry) {
        String colorPath = path(place.frame("#" + index), entry, "file_path");
        if (colorPath == null) {
            throw place.frame("#" + index).invalid("has no 'file_path'");
        }
        String name = RelativePath.stem(colorPath);
        SourcePlace frame = place.frame(name);
        if (!SafeName.isSafe(name)) {
            throw frame.invalid("rename the image: letters, digits and . _ - alone, starting with a letter or digit");
        }
        String depthPath = path(frame, entry, "depth_file_path");
        if (depthPath == null) {
            throw frame.invalid("has no 'depth_file_path'; every frame needs a depth image (16-bit PNG)");
        }
        requirePinhole(frame, entry);
        return new FrameDescription(
                name,
                intrinsics(frame, entry),
                cameraSize(frame, entry),
                pose(frame, entry),
                colorPath,
                depthPath,
                depthScale(frame, entry),
                rayDepth(frame, entry),
                path(frame, entry, "label_path"),
                path(frame, entry, "superpixel_path"),
                digests(frame, entry));
    }

    /** Digests by the path of their file; they are given by the field that names the file. */
    private static Map<String, String> digests(SourcePlace frame, JsonNode entry) {
        Map<String, String> digests = new HashMap<>();
        for (Map.Entry<String, JsonNode> digest : entry.path(DIGESTS).properties()) {
            if (!digest.getValue().asText().matches("[0-9a-f]{64}")) {
                throw frame.invalid("the " + DIGESTS + " of '" + digest.getKey() + "' is " + digest.getValue()
                        + "; expected 64 hexadecimal digits in lower case");
            }
            digests.put(path(frame, entry, digest.getKey()), digest.getValue().asText());
        }
        return digests;
    }

    private void requirePinhole(SourcePlace frame, JsonNode entry) {
        JsonNode model = field(entry, "camera_model");
        if (model != null && !PINHOLE_MODELS.contains(model.asText())) {
            throw frame.invalid("camera model " + model + " is not a pinhole; undistort the images first");
        }
        for (String key : DISTORTION) {
            JsonNode value = field(entry, key);
            if (value != null && value.asDouble() != 0) {
                throw frame.invalid("the lens distortion '" + key + "' is " + value + "; undistort the images first");
            }
        }
    }

    private boolean rayDepth(SourcePlace frame, JsonNode entry) {
        JsonNode kind = field(entry, "depth_kind");
        if (kind != null && !DEPTH_KINDS.contains(kind.asText())) {
            throw frame.invalid("depth of kind " + kind
                    + " can't be read; expected \"z\" (along the camera's axis) or \"ray\" (along the pixel's ray)");
        }
        return kind != null && kind.asText().equals("ray");
    }

    private Intrinsics intrinsics(SourcePlace frame, JsonNode entry) {
        try {
            return new Intrinsics(
                    number(frame, entry, "fl_x"),
                    number(frame, entry, "fl_y"),
                    number(frame, entry, "cx"),
                    number(frame, entry, "cy"));
        } catch (IllegalArgumentException e) {
            throw frame.invalid(e.getMessage(), e);
        }
    }

    private ImageSize cameraSize(SourcePlace frame, JsonNode entry) {
        if (field(entry, "w") == null && field(entry, "h") == null) {
            return null;
        }
        try {
            return new ImageSize((int) number(frame, entry, "w"), (int) number(frame, entry, "h"));
        } catch (IllegalArgumentException e) {
            throw frame.invalid(e.getMessage(), e);
        }
    }

    private CameraPose pose(SourcePlace frame, JsonNode entry) {
        JsonNode rows = entry.path("transform_matrix");
        if (rows.isMissingNode() || rows.isNull()) {
            throw frame.invalid("has no pose; expected 'transform_matrix', camera to world, 4 rows of 4 numbers");
        }
        double[] matrix = new double[16];
        for (int i = 0; i < 16; i++) {
            JsonNode number = rows.path(i / 4).path(i % 4);
            if (!number.isNumber() || rows.size() != 4 || rows.path(i / 4).size() != 4) {
                throw frame.invalid("'transform_matrix' must have 4 rows of 4 numbers, found " + rows);
            }
            matrix[i] = number.asDouble();
            if (!Double.isFinite(matrix[i])) {
                throw frame.invalid("the pose is not finite (" + number.asText() + " in row " + i / 4
                        + "); leave out frames that the tracker lost");
            }
        }
        if (!CameraAxes.isRigid(matrix)) {
            throw frame.invalid("'transform_matrix' is not a rotation and a translation (scaled, mirrored, transposed "
                    + "or with another last row than 0 0 0 1): " + rows);
        }
        return CameraAxes.fromOpenGl(matrix);
    }

    private double depthScale(SourcePlace frame, JsonNode entry) {
        String key = field(entry, "depth_scale") != null ? "depth_scale" : "depth_unit_scale_factor";
        if (field(entry, key) == null) {
            return DEFAULT_DEPTH_SCALE;
        }
        double scale = number(frame, entry, key);
        if (!(scale > 0 && Double.isFinite(scale))) {
            throw frame.invalid("'" + key + "' is " + scale + "; expected metres a depth unit, such as 0.001");
        }
        return scale;
    }

    private double number(SourcePlace frame, JsonNode entry, String key) {
        JsonNode value = field(entry, key);
        if (value == null || !value.isNumber()) {
            throw frame.invalid("needs a number '" + key + "', in the frame or for the whole scene"
                    + (value == null ? "" : ", found " + value));
        }
        return value.asDouble();
    }

    /** A frame's own value, else the scene's, else null. */
    private JsonNode field(JsonNode entry, String key) {
        JsonNode value = entry.hasNonNull(key) ? entry.get(key) : root.get(key);
        return value == null || value.isNull() ? null : value;
    }

    private static String path(SourcePlace frame, JsonNode entry, String key) {
        JsonNode value = entry.get(key);
        if (value == null || value.isNull()) {
            return null;
        }
        try {
            return RelativePath.normalize(value.asText());
        } catch (IllegalArgumentException e) {
            throw frame.file(value.asText()).invalid("'" + key + "' can't be used: " + e.getMessage(), e);
        }
    }
}
