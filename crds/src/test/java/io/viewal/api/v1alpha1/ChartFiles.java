package io.viewal.api.v1alpha1;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.Serialization;

/** A CRD as a template of the chart: installed and upgraded with it, and kept when it is uninstalled. */
final class ChartFiles {

    private static final String HEAD = """
            {{- /* Generated from io.viewal.api.v1alpha1; don't edit. ./mvnw -pl crds test -Dregenerate writes it anew. */}}
            {{- if .Values.crds.install }}
            """;

    private static final String KEEP = """
              {{- if .Values.crds.keep }}
              annotations:
                helm.sh/resource-policy: keep
              {{- end }}
            """;

    private ChartFiles() {}

    static String template(CustomResourceDefinition crd) {
        String yaml = Serialization.asYaml(crd).replaceFirst("^---\n", "");
        String name = "metadata:\n  name: \"" + crd.getMetadata().getName() + "\"\n";
        if (!yaml.contains(name) || yaml.contains("{{")) {
            throw new IllegalStateException("The CRD's YAML does not have the form that the template needs:\n" + yaml);
        }
        return HEAD + yaml.replace(name, name + KEEP) + "{{- end }}\n";
    }
}
