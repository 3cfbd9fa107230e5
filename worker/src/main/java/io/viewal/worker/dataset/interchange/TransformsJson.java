package io.viewal.worker.dataset.interchange;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A {@code transforms.json}, in place or in an import: nerfstudio's form with the extensions {@code label_path}, {@code
 * superpixel_path}, {@code classes}, {@code depth_kind} and {@code sha256}. What a frame says is read by {@link FrameFields}.
 *
 * @param root the object
 */
public record TransformsJson(JsonNode root) {

    /** Fields that stand once for all frames. */
    private static final Set<String> OF_THE_SCENE = Set.of("frames", "test_frames", "classes");

    /**
     * Python writes NaN and Infinity as they are; reading them lets the message name the frame. A field that is written
     * twice says two things.
     */
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * Reads a description.
     *
     * @throws com.fasterxml.jackson.core.JsonProcessingException when it is not JSON
     * @throws IllegalArgumentException when it is no object, or a field of the scene is misspelled
     */
    public static TransformsJson read(byte[] file) throws IOException {
        JsonNode root = MAPPER.readTree(file);
        if (!root.isObject()) {
            throw new IllegalArgumentException("it is no JSON object with a list 'frames'");
        }
        FieldNames.requireKnown(root, OF_THE_SCENE);
        return new TransformsJson(root);
    }

    /**
     * The frames' entries, those of a benchmark's test views too.
     *
     * @throws IllegalArgumentException when there is none
     */
    public List<JsonNode> entries() {
        List<JsonNode> entries = new ArrayList<>();
        for (String list : List.of("frames", "test_frames")) {
            JsonNode frames = root.path(list);
            if (!frames.isArray() && !frames.isMissingNode() && !frames.isNull()) {
                throw new IllegalArgumentException("'" + list + "' is no list");
            }
            frames.forEach(entries::add);
        }
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("it has no frames; expected a list 'frames' with at least one frame");
        }
        return entries;
    }

    /** A frame's own fields, else the scene's. */
    public FrameFields frame(JsonNode entry) {
        return new FrameFields(root, entry);
    }

    /**
     * Fails when frames have several units, so that one that is given from outside can't be that of all.
     *
     * @throws IllegalArgumentException when they have
     */
    public static void requireOneUnit(Stream<DepthForm> depths) {
        List<Double> units = depths.map(DepthForm::metresAUnit).distinct().toList();
        if (units.size() > 1) {
            throw new IllegalArgumentException("its frames have the units of depth " + units
                    + " m, and a depth scale is given that would be that of all: leave it out");
        }
    }

    /**
     * Class names in id order; empty when it names none.
     *
     * @throws IllegalArgumentException when they are no list of different names
     */
    public List<String> classes() {
        JsonNode list = root.path("classes");
        List<String> names = new ArrayList<>();
        for (JsonNode name : list) {
            if (!name.isTextual() || names.contains(name.asText())) {
                throw new IllegalArgumentException("'classes' must be a list of different names, found " + name);
            }
            names.add(name.asText());
        }
        if (!list.isArray() && !list.isMissingNode() && !list.isNull()) {
            throw new IllegalArgumentException("'classes' must be a list of different names, found " + list);
        }
        return List.copyOf(names);
    }
}
