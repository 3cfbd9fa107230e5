package io.viewal.operator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.viewal.api.v1alpha1.ActiveLearningRound;
import org.junit.jupiter.api.Test;

class CompactStoreTest {

    private final CompactStore<ActiveLearningRound> store = new CompactStore<>(ActiveLearningRound.class);

    private static ActiveLearningRound round(String version) {
        ActiveLearningRound round = Serialization.unmarshal(
                "{\"spec\": {\"dataset\": \"rooms\"}, \"status\": {\"observedGeneration\": 3, \"outcome\": \"Complete\"}}",
                ActiveLearningRound.class);
        round.setMetadata(new ObjectMetaBuilder()
                .withNamespace("team")
                .withName("round-0")
                .withResourceVersion(version)
                .withManagedFields(
                        new ManagedFieldsEntryBuilder().withManager("kubectl").build())
                .build());
        return round;
    }

    @Test
    void givesBackWhatItWasGivenButForTheManagedFields() {
        ActiveLearningRound round = round("7");
        store.put(store.getKey(round), round);
        ActiveLearningRound read = store.get("team/round-0");
        assertThat(read.getMetadata().getManagedFields()).isEmpty();
        assertThat(read.getMetadata().getResourceVersion()).isEqualTo("7");
        assertThat(read.getSpec()).isEqualTo(round.getSpec());
        assertThat(read.getStatus()).isEqualTo(round.getStatus());
    }

    @Test
    void keepsTheNewestAndTellsWhatItReplaced() {
        assertThat(store.put("team/round-0", round("7"))).isNull();
        assertThat(store.put("team/round-0", round("8")).getMetadata().getResourceVersion())
                .isEqualTo("7");
        assertThat(store.values())
                .extracting(read -> read.getMetadata().getResourceVersion())
                .containsExactly("8");
        assertThat(store.remove("team/round-0").getMetadata().getResourceVersion())
                .isEqualTo("8");
        assertThat(store.get("team/round-0")).isNull();
        assertThat(store.keySet()).isEmpty();
        assertThat(store.size()).isZero();
    }
}
