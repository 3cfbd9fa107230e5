package io.viewal.worker.dataset.interchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.CameraPose;
import io.viewal.worker.dataset.Intrinsics;
import io.viewal.worker.dataset.LeftOut;
import io.viewal.worker.dataset.NameOrder;
import io.viewal.worker.dataset.SafeName;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Reads the {@code transforms.json} of a scene in place, as {@link FrameFields} says; every file that it names lies in the
 * scene's folder.
 */
final class TransformsParser {

    static final String FILE = "transforms.json";
    static final String DIGESTS = "sha256";

    private final SourcePlace place;
    private final TransformsJson json;
    private final Reading reading;

    /**
     * How descriptions are read.
     *
     * @param lenient frames that break a rule are left out, as long as one is whole
     * @param metresADepthUnit in place of what the description says; empty: as it says
     * @param colorTable what the colours of label maps stand for, as {@link LabelColors} reads it
     */
    record Reading(boolean lenient, OptionalDouble metresADepthUnit, Optional<String> colorTable) {

        Optional<LabelColors> colors(List<String> classes) {
            try {
                return colorTable.map(table -> LabelColors.parse(table, classes));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(LabelColors.FILE + ": " + e.getMessage(), e);
            }
        }

        Reading with(Optional<String> table) {
            return new Reading(lenient, metresADepthUnit, table);
        }
    }

    private TransformsParser(SourcePlace place, TransformsJson json, Reading reading) {
        this.place = place;
        this.json = json;
        this.reading = reading;
    }

    /**
     * Reads and checks a scene's description.
     *
     * @throws InvalidInputException when a rule is broken; names scene and frame
     */
    static SceneDescription parse(SourcePlace scene, InputStream json, Reading reading) throws IOException {
        SourcePlace place = scene.file(FILE);
        try {
            return new TransformsParser(place, TransformsJson.read(json.readAllBytes()), reading).scene();
        } catch (JsonProcessingException e) {
            throw place.invalid("is not JSON (" + e.getOriginalMessage() + ")", e);
        } catch (IllegalArgumentException e) {
            throw place.invalid(e.getMessage(), e);
        }
    }

    private SceneDescription scene() {
        List<JsonNode> entries = json.entries();
        Map<String, FrameDescription> frames = new TreeMap<>(NameOrder.BY_NUMBER);
        List<LeftOut> leftOut = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            try {
                add(frame(i, json.frame(entries.get(i))), frames);
            } catch (InvalidInputException e) {
                if (!reading.lenient()) {
                    throw e;
                }
                leftOut.add(new LeftOut(name(i, entries.get(i)), e.getMessage()));
            }
        }
        if (frames.isEmpty()) {
            throw place.invalid("none of its " + entries.size() + " frames can be used; the first: "
                    + leftOut.getFirst().reason());
        }
        return new SceneDescription(
                json.classes(), inUnit(List.copyOf(frames.values())), reading.colors(json.classes()), leftOut);
    }

    /** The frames with the unit that is given for all of them, if one is. */
    private List<FrameDescription> inUnit(List<FrameDescription> frames) {
        if (reading.metresADepthUnit().isEmpty()) {
            return frames;
        }
        TransformsJson.requireOneUnit(frames.stream().map(FrameDescription::depth));
        double unit = reading.metresADepthUnit().getAsDouble();
        return frames.stream()
                .map(frame -> frame.with(new DepthForm(unit, frame.depth().ray())))
                .toList();
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

    private FrameDescription frame(int index, FrameFields fields) {
        SourcePlace frame = place.frame("#" + index);
        try {
            fields.requireKnown();
            String colorPath = path(frame, fields, "file_path")
                    .orElseThrow(() -> new IllegalArgumentException("has no 'file_path'"));
            String name = RelativePath.stem(colorPath);
            frame = place.frame(name);
            if (!SafeName.isSafe(name)) {
                throw new IllegalArgumentException(
                        "rename the image: letters, digits and . _ - alone, starting with a letter or digit");
            }
            return frame(name, colorPath, frame, fields);
        } catch (IllegalArgumentException e) {
            throw frame.invalid(e.getMessage(), e);
        }
    }

    private FrameDescription frame(String name, String colorPath, SourcePlace frame, FrameFields fields) {
        String depthPath = fields.depthPath()
                .map(path -> normalized(frame, "depth_file_path", path))
                .orElseThrow(() -> new IllegalArgumentException(
                        "has no 'depth_file_path'; every frame needs a depth image (16-bit PNG)"));
        return new FrameDescription(
                name,
                camera(fields),
                pose(fields),
                colorPath,
                depthPath,
                fields.depth(),
                path(frame, fields, "label_path").orElse(null),
                path(frame, fields, "superpixel_path").orElse(null),
                digests(frame, fields));
    }

    private static FrameDescription.Camera camera(FrameFields fields) {
        Intrinsics intrinsics = fields.givesPixels()
                ? fields.intrinsics()
                : fields.intrinsics(fields.size()
                        .orElseThrow(() -> new IllegalArgumentException(
                                "it needs numbers 'fl_x', 'fl_y', 'cx' and 'cy', in the frame or for"
                                        + " the whole scene, or 'w' and 'h' with 'camera_angle_x'")));
        return new FrameDescription.Camera(intrinsics, fields.size().orElse(null), fields.distortion());
    }

    private static CameraPose pose(FrameFields fields) {
        double[] matrix = fields.pose();
        if (!CameraAxes.isRigid(matrix)) {
            throw new IllegalArgumentException(
                    "'transform_matrix' is not a rotation and a translation (scaled, mirrored, transposed "
                            + "or with another last row than 0 0 0 1): "
                            + fields.entry().get("transform_matrix"));
        }
        return CameraAxes.fromOpenGl(matrix);
    }

    /** Digests by the path of their file; they are given by the field that names the file. */
    private static Map<String, String> digests(SourcePlace frame, FrameFields fields) {
        Map<String, String> digests = new HashMap<>();
        for (Map.Entry<String, JsonNode> digest : fields.entry().path(DIGESTS).properties()) {
            if (!digest.getValue().asText().matches("[0-9a-f]{64}")) {
                throw new IllegalArgumentException("the " + DIGESTS + " of '" + digest.getKey() + "' is "
                        + digest.getValue() + "; expected 64 hexadecimal digits in lower case");
            }
            path(frame, fields, digest.getKey())
                    .ifPresent(path -> digests.put(path, digest.getValue().asText()));
        }
        return digests;
    }

    private static Optional<String> path(SourcePlace frame, FrameFields fields, String key) {
        return fields.path(key).map(path -> normalized(frame, key, path));
    }

    private static String normalized(SourcePlace frame, String key, String path) {
        try {
            return RelativePath.normalize(path);
        } catch (IllegalArgumentException e) {
            throw frame.file(path).invalid("'" + key + "' can't be used: " + e.getMessage(), e);
        }
    }
}
