package io.viewal.worker.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.viewal.contract.ContractJson;
import io.viewal.worker.NearestNames;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** YAML of resources, and their specs, without mercy for what would be taken for something else. */
final class DeclaredYaml {

    private static final String API = "viewal.io/v1alpha1";
    private static final List<String> KINDS =
            List.of("MultiViewDataset", "ActiveLearningRound", "ActiveLearningExperiment", "RoundClass");

    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    /** A fraction is no whole number, and nothing but a number is one. */
    private static final ObjectMapper SPECS = specs();

    private DeclaredYaml() {}

    private static ObjectMapper specs() {
        ObjectMapper mapper = ContractJson.mapper().copy().disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);
        mapper.setConfig(mapper.getDeserializationConfig().without(MapperFeature.ALLOW_COERCION_OF_SCALARS));
        mapper.coercionConfigFor(LogicalType.Enum).setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
        return mapper;
    }

    /** The documents of a file; empty ones too. */
    static List<JsonNode> documents(String text) throws IOException {
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
            return documents.readAll();
        }
    }

    /**
     * The kind of a resource.
     *
     * @throws IllegalArgumentException when it, or its version, looks like one of the project's and is none
     */
    static String kind(JsonNode resource) {
        String kind = resource.path("kind").asText();
        String version = resource.path("apiVersion").asText();
        List<String> near = NearestNames.of(kind, KINDS);
        if (!KINDS.contains(kind) && (!near.isEmpty() || version.startsWith("viewal.io/"))) {
            throw new IllegalArgumentException(
                    "the kind '" + kind + "' is not known: expected one of " + (near.isEmpty() ? KINDS : near));
        }
        if (KINDS.contains(kind) && !version.isEmpty() && !version.equals(API)) {
            throw new IllegalArgumentException("apiVersion is '" + version + "', expected " + API);
        }
        return kind;
    }

    /** The spec of a resource. */
    static <T> T spec(JsonNode resource, Class<T> type) throws IOException {
        return SPECS.treeToValue(resource.path("spec"), type);
    }

    /** The path of the field that is wrong. */
    static String field(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."));
    }

    /** What is wrong with a spec, with its field. */
    static String problem(JsonMappingException e) {
        String field = field(e);
        if (e instanceof UnrecognizedPropertyException unknown) {
            List<String> known = unknown.getKnownPropertyIds().stream()
                    .map(String::valueOf)
                    .sorted()
                    .toList();
            List<String> near = NearestNames.of(unknown.getPropertyName(), known);
            return "spec." + field + " is no field: "
                    + (near.isEmpty()
                            ? "expected one of " + String.join(", ", known)
                            : "is it " + String.join(" or ", near) + "?");
        }
        if (e instanceof InvalidFormatException wrong
                && wrong.getTargetType() != null
                && wrong.getTargetType().isEnum()) {
            return "spec." + field + " is '" + wrong.getValue() + "', expected one of "
                    + List.of(wrong.getTargetType().getEnumConstants());
        }
        return "spec." + field + ": " + e.getOriginalMessage().replaceAll(" \\(but could if.*", "");
    }

    /** What is wrong with the text itself, with its line. */
    static String problem(JsonProcessingException e) {
        String where =
                e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")";
        return "is no YAML: " + e.getOriginalMessage().lines().findFirst().orElse("") + where;
    }
}
