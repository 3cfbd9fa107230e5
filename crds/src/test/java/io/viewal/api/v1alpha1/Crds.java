package io.viewal.api.v1alpha1;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** The CRDs as the generator makes them from the classes, with what it can't be told put right. */
final class Crds {

    static final List<Class<? extends CustomResource<?, ?>>> KINDS = List.of(
            ActiveLearningRound.class, ActiveLearningExperiment.class, MultiViewDataset.class, RoundClass.class);

    private Crds() {}

    static CustomResourceDefinition of(Class<? extends CustomResource<?, ?>> kind) {
        String resource = "/META-INF/fabric8/" + HasMetadata.getFullResourceName(kind) + "-v1.yml";
        try (InputStream yaml = kind.getResourceAsStream(resource)) {
            CustomResourceDefinition crd = Serialization.unmarshal(yaml, CustomResourceDefinition.class);
            orderColumns(crd, kind);
            requireSpec(crd);
            stateRulesOnce(schema(crd));
            keyListsByType(crd);
            keyArmsByName(spec(crd));
            quantitiesAsPeopleWriteThem(schema(crd));
            overridesHaveNoDefaults(schema(crd));
            notObservedYet(crd);
            return crd;
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }

    static CustomResourceDefinitionVersion version(CustomResourceDefinition crd) {
        return crd.getSpec().getVersions().getFirst();
    }

    static JSONSchemaProps spec(CustomResourceDefinition crd) {
        return schema(crd).getProperties().get("spec");
    }

    private static JSONSchemaProps schema(CustomResourceDefinition crd) {
        return version(crd).getSchema().getOpenAPIV3Schema();
    }

    /** The generator sorts columns by path; people read them in the order of the annotations. */
    private static void orderColumns(CustomResourceDefinition crd, Class<?> kind) {
        List<String> order = Stream.of(kind.getAnnotationsByType(AdditionalPrinterColumn.class))
                .map(AdditionalPrinterColumn::name)
                .toList();
        version(crd)
                .getAdditionalPrinterColumns()
                .sort(Comparator.comparingInt(
                        (CustomResourceColumnDefinition column) -> order.indexOf(column.getName())));
    }

    /** The generator finds an annotation of a record's component twice, at the field and at its accessor. */
    private static void stateRulesOnce(JSONSchemaProps schema) {
        if (schema.getXKubernetesValidations() != null) {
            schema.setXKubernetesValidations(
                    schema.getXKubernetesValidations().stream().distinct().toList());
        }
        if (schema.getProperties() != null) {
            schema.getProperties().values().forEach(Crds::stateRulesOnce);
        }
        if (schema.getItems() != null && schema.getItems().getSchema() != null) {
            stateRulesOnce(schema.getItems().getSchema());
        }
    }

    private static void requireSpec(CustomResourceDefinition crd) {
        schema(crd).setRequired(List.of("spec"));
    }

    /** {@code cpu: 1} is a number to YAML, and a quantity to everybody else. */
    private static void quantitiesAsPeopleWriteThem(JSONSchemaProps schema) {
        if (schema.getProperties() == null) {
            return;
        }
        schema.getProperties().forEach((name, property) -> {
            if (Set.of("cpu", "memory", "scratch", "sharedMemory").contains(name)
                    && "string".equals(property.getType())) {
                property.setType(null);
                property.setXKubernetesIntOrString(true);
                property.setAnyOf(List.of(ofType("integer"), ofType("string")));
            }
            if (Boolean.TRUE.equals(property.getXKubernetesPreserveUnknownFields())) {
                // Otherwise what lies below would be pruned.
                property.setAdditionalProperties(null);
            }
            quantitiesAsPeopleWriteThem(property);
        });
    }

    /** What is not overridden is the template's. */
    private static void overridesHaveNoDefaults(JSONSchemaProps schema) {
        each(schema, (name, property) -> {
            if (name.equals("overrides")) {
                each(property, (inner, its) -> {
                    its.setDefault(null);
                    its.setRequired(null);
                });
            }
        });
    }

    private static void each(JSONSchemaProps schema, BiConsumer<String, JSONSchemaProps> visitor) {
        if (schema.getItems() != null && schema.getItems().getSchema() != null) {
            each(schema.getItems().getSchema(), visitor);
        }
        if (schema.getProperties() != null) {
            schema.getProperties().forEach((name, property) -> {
                visitor.accept(name, property);
                each(property, visitor);
            });
        }
    }

    private static JSONSchemaProps ofType(String type) {
        JSONSchemaProps schema = new JSONSchemaProps();
        schema.setType(type);
        return schema;
    }

    /** So that kstatus does not take a resource that nobody has looked at for one that is ready. */
    private static void notObservedYet(CustomResourceDefinition crd) {
        JSONSchemaProps status = schema(crd).getProperties().get("status");
        if (status != null
                && status.getProperties() != null
                && status.getProperties().containsKey("observedGeneration")) {
            status.setDefault(JsonNodeFactory.instance.objectNode().put("observedGeneration", -1));
        }
    }

    /** So that server-side apply merges conditions and stages by name. */
    private static void keyListsByType(CustomResourceDefinition crd) {
        JSONSchemaProps status = schema(crd).getProperties().get("status");
        if (status == null || status.getProperties() == null) {
            return;
        }
        Map.of("conditions", "type", "stages", "stage").forEach((list, key) -> keyList(status, list, key));
    }

    /** So that an arm is known by its name when a rule compares it with what it was. */
    private static void keyArmsByName(JSONSchemaProps spec) {
        keyList(spec, "arms", "name");
    }

    private static void keyList(JSONSchemaProps schema, String list, String key) {
        JSONSchemaProps property = schema.getProperties().get(list);
        if (property != null) {
            property.setXKubernetesListType("map");
            property.setXKubernetesListMapKeys(List.of(key));
            property.getItems().getSchema().setRequired(List.of(key));
        }
    }
}
