package io.viewal.api.v1alpha1;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The reference of the custom resources as a Markdown page. */
final class ReferencePage {

    private final StringBuilder page = new StringBuilder();

    static String of(List<CustomResourceDefinition> crds) {
        ReferencePage reference = new ReferencePage();
        reference.page.append("""
                # Custom resources

                Generated from `io.viewal.api.v1alpha1`; don't edit. `./mvnw -pl crds test -Dregenerate` writes it anew.
                A field in **bold** must be given.
                """);
        crds.forEach(reference::kind);
        return reference.page.toString();
    }

    private void kind(CustomResourceDefinition crd) {
        var names = crd.getSpec().getNames();
        page.append("\n## ").append(names.getKind()).append("\n\n");
        page.append("`kubectl get ")
                .append(names.getShortNames().getFirst())
                .append("` · scope: ")
                .append(crd.getSpec().getScope())
                .append(" · `apiVersion: ")
                .append(crd.getSpec().getGroup())
                .append('/')
                .append(Crds.version(crd).getName())
                .append("`\n");
        JSONSchemaProps schema = Crds.version(crd).getSchema().getOpenAPIV3Schema();
        for (String part : List.of("spec", "status")) {
            JSONSchemaProps properties = schema.getProperties().get(part);
            if (properties != null && properties.getProperties() != null) {
                page.append("\n### ")
                        .append(names.getKind())
                        .append(' ')
                        .append(part)
                        .append("\n\n");
                table(properties);
                rules(part, properties);
            }
        }
    }

    private void table(JSONSchemaProps schema) {
        page.append("| field | type | default | allowed | what it says |\n|---|---|---|---|---|\n");
        rows("", schema);
    }

    private void rows(String path, JSONSchemaProps schema) {
        sorted(schema).forEach((name, property) -> {
            String field = path + name;
            boolean required =
                    schema.getRequired() != null && schema.getRequired().contains(name);
            page.append("| ")
                    .append(required ? "**`" + field + "`**" : "`" + field + "`")
                    .append(" | ")
                    .append(type(property))
                    .append(" | ")
                    .append(defaultOf(property))
                    .append(" | ")
                    .append(allowed(property))
                    .append(" | ")
                    .append(property.getDescription() == null ? "" : property.getDescription())
                    .append(" |\n");
            if (property.getProperties() != null) {
                rows(field + ".", property);
            } else if (property.getItems() != null
                    && property.getItems().getSchema().getProperties() != null) {
                rows(field + "[].", property.getItems().getSchema());
            }
        });
    }

    private void rules(String path, JSONSchemaProps schema) {
        if (schema.getXKubernetesValidations() != null) {
            for (ValidationRule rule : schema.getXKubernetesValidations()) {
                page.append("\n- `").append(path).append("`: ").append(rule.getMessage());
            }
            page.append('\n');
        }
        sorted(schema).forEach((name, property) -> rules(path + "." + name, property));
    }

    private static Map<String, JSONSchemaProps> sorted(JSONSchemaProps schema) {
        Map<String, JSONSchemaProps> properties = new TreeMap<>(Comparator.naturalOrder());
        if (schema.getProperties() != null) {
            properties.putAll(schema.getProperties());
        }
        return properties;
    }

    private static String type(JSONSchemaProps property) {
        if (Boolean.TRUE.equals(property.getXKubernetesIntOrString())) {
            return "quantity";
        }
        if (property.getItems() != null) {
            return "list of " + type(property.getItems().getSchema());
        }
        return property.getAdditionalProperties() == null
                ? property.getType()
                : "map of " + type(property.getAdditionalProperties().getSchema());
    }

    private static String defaultOf(JSONSchemaProps property) {
        JsonNode value = property.getDefault();
        return value == null || value.isObject() ? "" : "`" + value + "`";
    }

    private static String allowed(JSONSchemaProps property) {
        List<String> allowed = new ArrayList<>();
        if (property.getEnum() != null) {
            property.getEnum().forEach(value -> allowed.add("`" + value.asText() + "`"));
        }
        if (property.getMinimum() != null) {
            boolean open = Boolean.TRUE.equals(property.getExclusiveMinimum());
            allowed.add((open ? "> " : "≥ ") + number(property.getMinimum()));
        }
        if (property.getMaximum() != null) {
            boolean open = Boolean.TRUE.equals(property.getExclusiveMaximum());
            allowed.add((open ? "< " : "≤ ") + number(property.getMaximum()));
        }
        if (property.getMaxItems() != null) {
            allowed.add("at most " + property.getMaxItems() + " items");
        }
        return String.join(", ", allowed);
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
