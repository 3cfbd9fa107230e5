package io.viewal.e2e;

/** Small resources for the tests: what matters here is the machinery, not the network. */
final class Manifests {

    static final int SCENES = 3;

    private Manifests() {}

    /** Three synthetic rooms: one to train on, one to validate, one to test. */
    static String rooms(String name) {
        return """
                apiVersion: viewal.io/v1alpha1
                kind: MultiViewDataset
                metadata:
                  name: %s
                spec:
                  source: {benchmark: Tiny}
                  width: 160
                  height: 120
                """.formatted(name);
    }

    /** A round of a minute or less; {@code more} are further lines of its spec. */
    static String round(String name, String dataset, String... more) {
        return """
                apiVersion: viewal.io/v1alpha1
                kind: ActiveLearningRound
                metadata:
                  name: %s
                spec:
                  dataset: %s
                  seed: 7
                  training: {epochs: 4, batchSize: 2, validateEvery: 2, checkpointEvery: 2}
                  scoring: {passes: 4}
                  selection:
                    budget: {amount: 1, unit: Images}
                """.formatted(name, dataset) + indented(more);
    }

    /** A round that ends with its training, in half the time. */
    static String training(String name, String dataset) {
        return """
                apiVersion: viewal.io/v1alpha1
                kind: ActiveLearningRound
                metadata:
                  name: %s
                spec:
                  dataset: %s
                  training: {epochs: 1, batchSize: 2}
                """.formatted(name, dataset);
    }

    private static String indented(String... lines) {
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            text.append(line.indent(2));
        }
        return text.toString();
    }
}
