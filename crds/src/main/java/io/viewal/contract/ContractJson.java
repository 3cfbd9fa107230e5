package io.viewal.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Collectors;

/**
 * JSON of the contract: fields in a fixed order, times as ISO-8601, fields that are null left out.
 *
 * <p>Operator and worker may be of neighbouring releases. What a worker reports ({@link StageResult},
 * {@link StageProgress}, {@link StageFailure}) decides nothing by fields that the operator does not know: they are passed
 * over. What a worker is asked may: it refuses what it does not know, by name, see {@link #readRequest}. Anything else
 * refuses unknown fields.
 */
public final class ContractJson {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .build();

    private ContractJson() {}

    /** The mapper itself, for trees and conversions. */
    public static ObjectMapper mapper() {
        return MAPPER;
    }

    /** The value as UTF-8 JSON; equal values give equal bytes. */
    public static byte[] toBytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("No JSON of " + value.getClass().getSimpleName(), e);
        }
    }

    /**
     * Reads a value.
     *
     * @throws IllegalArgumentException when the bytes are not JSON of this type
     */
    public static <T> T read(byte[] json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (IOException e) {
            throw new IllegalArgumentException("Not a " + type.getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads a request, be it of another release. A field that is null says nothing and is passed over, whether it is known
     * or not; one that says something has to be known.
     *
     * @throws NewerRequestException when it has a field or a value that this release does not know, by its path
     * @throws IllegalArgumentException when it is not a request at all
     */
    public static StageRequest readRequest(byte[] json) {
        try {
            return MAPPER.treeToValue(withoutNulls(MAPPER.readTree(json)), StageRequest.class);
        } catch (UnrecognizedPropertyException | InvalidFormatException | InvalidTypeIdException e) {
            throw new NewerRequestException(
                    "The request says '%s', which this worker does not know: use a worker image of the operator's release"
                            .formatted(path(e)));
        } catch (ValueInstantiationException e) {
            throw e.getCause() instanceof NewerRequestException newer
                    ? newer
                    : new IllegalArgumentException("Not a StageRequest: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("Not a StageRequest: " + e.getMessage(), e);
        }
    }

    private static JsonNode withoutNulls(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().removeIf(field -> field.getValue().isNull());
        }
        node.forEach(ContractJson::withoutNulls);
        return node;
    }

    private static String path(MismatchedInputException e) {
        String path = e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."));
        Object value = e instanceof InvalidFormatException format ? format.getValue() : null;
        return value == null ? path : path + ": " + value;
    }

    /** Lower-case hexadecimal SHA-256. */
    public static String sha256(byte[] content) {
        return HexFormat.of().formatHex(sha256().digest(content));
    }

    /** A new SHA-256, of nothing yet. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
