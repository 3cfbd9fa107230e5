package io.viewal.operator.harness;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;

/** What tests declare. {@code CLASS} and {@code ENDPOINT} stand for the test's own. */
public final class Yaml {

    /** A class with short waits. */
    public static final String CLASS = """
            apiVersion: viewal.io/v1alpha1
            kind: RoundClass
            metadata: {name: CLASS}
            spec:
              store: {endpoint: "ENDPOINT", bucket: viewal, prefix: runs, credentialsSecretName: viewal-store}
              worker: {image: "viewal/worker:test"}
              resources: {default: {cpu: "1", memory: 2Gi}, max: {gpus: 1, cpu: "4", memory: 8Gi}}
              retry: {maxAttempts: 3, backoffSeconds: 2}
            """;

    /** A small data set. */
    public static final String DATASET = """
            apiVersion: viewal.io/v1alpha1
            kind: MultiViewDataset
            metadata: {name: rooms}
            spec:
              className: CLASS
              source: {synthetic: {scenes: 3, framesPerScene: 4, seed: 1}}
              width: 64
              height: 48
            """;

    /** A first round. */
    public static final String ROUND = """
            apiVersion: viewal.io/v1alpha1
            kind: ActiveLearningRound
            metadata: {name: round-0}
            spec:
              className: CLASS
              dataset: rooms
              seed: 7
              training: {epochs: 1}
              scoring: {passes: 2}
              selection: {budget: {amount: 2}}
            """;

    /** A round that ends with its training. */
    public static final String TRAINING = """
            apiVersion: viewal.io/v1alpha1
            kind: ActiveLearningRound
            metadata: {name: training}
            spec:
              className: CLASS
              dataset: rooms
              training: {epochs: 1}
            """;

    /** Two arms, of one round each. */
    public static final String EXPERIMENT = """
            apiVersion: viewal.io/v1alpha1
            kind: ActiveLearningExperiment
            metadata: {name: compare}
            spec:
              dataset: rooms
              rounds: 1
              seeds: {count: 1}
              arms: [{name: viewal}, {name: random, strategy: Random}]
              control: None
              template:
                className: CLASS
                training: {epochs: 1}
                scoring: {passes: 2}
                selection: {budget: {amount: 2}}
            """;

    private Yaml() {}

    /** YAML as JSON, for patches. */
    public static String json(String yaml) {
        return Serialization.asJson(Serialization.unmarshal(yaml, Map.class));
    }

    static <R extends HasMetadata> R read(Class<R> type, String yaml) {
        return Serialization.unmarshal(yaml, type);
    }
}
