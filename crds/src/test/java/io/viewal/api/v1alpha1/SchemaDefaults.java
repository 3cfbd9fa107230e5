package io.viewal.api.v1alpha1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;

/** What the API server does with a schema's defaults. */
final class SchemaDefaults {

    private SchemaDefaults() {}

    static ObjectNode apply(JSONSchemaProps schema, ObjectNode object) {
        schema.getProperties().forEach((name, property) -> {
            JsonNode byDefault = property.getDefault();
            if (!object.has(name) && byDefault != null) {
                object.set(name, byDefault.deepCopy());
            }
            if (object.get(name) instanceof ObjectNode child && property.getProperties() != null) {
                apply(property, child);
            }
        });
        return object;
    }
}
