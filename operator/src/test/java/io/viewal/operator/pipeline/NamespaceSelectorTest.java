package io.viewal.operator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NamespaceSelectorTest {

    private static boolean selects(LabelSelector selector, Map<String, String> labels) {
        return NamespaceSelector.selects(
                selector,
                Optional.of(new NamespaceBuilder()
                        .withNewMetadata()
                        .withLabels(labels)
                        .endMetadata()
                        .build()));
    }

    private static LabelSelector expression(String key, String operator, String... values) {
        return new LabelSelectorBuilder()
                .addNewMatchExpression()
                .withKey(key)
                .withOperator(operator)
                .withValues(values)
                .endMatchExpression()
                .build();
    }

    @Test
    void selectsAllWhenThereIsNoneOrItIsEmpty() {
        assertThat(selects(null, null)).isTrue();
        assertThat(selects(new LabelSelector(), null)).isTrue();
    }

    @Test
    void wantsAllLabels() {
        LabelSelector both = new LabelSelectorBuilder()
                .withMatchLabels(Map.of("team", "vision", "gpu", "yes"))
                .build();
        assertThat(selects(both, Map.of("team", "vision", "gpu", "yes", "more", "")))
                .isTrue();
        assertThat(selects(both, Map.of("team", "vision"))).isFalse();
        assertThat(selects(both, null)).isFalse();
    }

    @Test
    void readsExpressionsAsKubernetesDoes() {
        assertThat(selects(expression("team", "In", "vision", "robots"), Map.of("team", "robots")))
                .isTrue();
        assertThat(selects(expression("team", "In", "vision"), Map.of())).isFalse();
        assertThat(selects(expression("team", "NotIn", "vision"), Map.of())).isTrue();
        assertThat(selects(expression("team", "NotIn", "vision"), Map.of("team", "vision")))
                .isFalse();
        assertThat(selects(expression("team", "Exists"), Map.of("team", ""))).isTrue();
        assertThat(selects(expression("team", "DoesNotExist"), Map.of("team", "")))
                .isFalse();
        assertThat(selects(expression("team", "Unheard"), Map.of("team", ""))).isFalse();
    }

    @Test
    void selectsNoNamespaceThatIsNotKnown() {
        assertThat(NamespaceSelector.selects(expression("team", "Exists"), Optional.empty()))
                .isFalse();
    }
}
