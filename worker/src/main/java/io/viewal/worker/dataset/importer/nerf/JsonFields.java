package io.viewal.worker.dataset.importer.nerf;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.viewal.worker.dataset.importer.source.SourceFault;
import io.viewal.worker.dataset.importer.source.SourceFiles;
import java.io.IOException;

/** Fields of JSON objects; what is missing is named. */
final class JsonFields {

    /** Python writes NaN and Infinity as they are; reading them lets the message name the frame. */
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private JsonFields() {}

    static JsonNode read(SourceFiles files, String path) throws IOException {
        try {
            return MAPPER.readTree(files.read(path));
        } catch (JsonProcessingException e) {
            throw SourceFault.invalid(files.describe(path), "it is not JSON (" + e.getOriginalMessage() + ")", e);
        }
    }

    /** @throws IllegalArgumentException when there is no such number */
    static double number(JsonNode object, String key) {
        JsonNode value = object.path(key);
        if (!value.isNumber()) {
            throw new IllegalArgumentException(
                    "it needs a number '" + key + "'" + (value.isMissingNode() ? "" : ", found " + value));
        }
        return value.asDouble();
    }
}
