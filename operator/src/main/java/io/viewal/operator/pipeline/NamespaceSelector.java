package io.viewal.operator.pipeline;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.Namespace;
import java.util.Map;
import java.util.Optional;

/** Which namespaces may use a class, as Kubernetes reads a label selector. */
final class NamespaceSelector {

    private NamespaceSelector() {}

    /**
     * True when the selector selects the namespace.
     *
     * @param selector null: all namespaces
     * @param namespace empty while it is not known
     */
    static boolean selects(LabelSelector selector, Optional<Namespace> namespace) {
        if (selector == null) {
            return true;
        }
        Map<String, String> labels =
                namespace.map(known -> known.getMetadata().getLabels()).orElse(Map.of());
        return labels.entrySet().containsAll(selector.getMatchLabels().entrySet())
                && selector.getMatchExpressions().stream().allMatch(requirement -> meets(labels, requirement));
    }

    private static boolean meets(Map<String, String> labels, LabelSelectorRequirement requirement) {
        String value = labels.get(requirement.getKey());
        return switch (requirement.getOperator()) {
            case "In" -> requirement.getValues().contains(value);
            case "NotIn" -> !requirement.getValues().contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            // Nobody is let in by what is not understood.
            default -> false;
        };
    }
}
