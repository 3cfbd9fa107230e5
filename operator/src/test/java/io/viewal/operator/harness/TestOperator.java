package io.viewal.operator.harness;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.viewal.operator.Wiring;
import io.viewal.operator.dataset.DatasetReconciler;
import io.viewal.operator.experiment.ExperimentReconciler;
import io.viewal.operator.round.RoundReconciler;
import io.viewal.operator.store.AccessFiles;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;

/** The operator in this process. */
public final class TestOperator implements AutoCloseable {

    private final Operator operator;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    /** Starts an operator that works at once, by this clock. */
    public TestOperator(KubernetesClient client, Path credentials, Clock clock) {
        this(client, credentials, clock, config -> {});
    }

    /** Starts an operator that waits for a Lease before it works. */
    public TestOperator(KubernetesClient client, Path credentials, String namespace, String lease) {
        this(
                client,
                credentials,
                Clock.systemUTC(),
                config -> config.withLeaderElectionConfiguration(
                        LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(lease)
                                .withLeaseNamespace(namespace)
                                .buildForTest(false)));
    }

    private TestOperator(
            KubernetesClient client, Path credentials, Clock clock, Consumer<ConfigurationServiceOverrider> more) {
        operator = new Operator(config -> {
            config.withKubernetesClient(client)
                    .withCloseClientOnStop(false)
                    .checkingCRDAndValidateLocalModel(false)
                    .withReconciliationTerminationTimeout(Duration.ofSeconds(5));
            more.accept(config);
        });
        Wiring wiring = Wiring.of(client, meters, new AccessFiles(credentials, credentials), clock);
        operator.register(new RoundReconciler(wiring.engine(), wiring.completions()));
        operator.register(new DatasetReconciler(wiring.engine(), wiring.completions()));
        operator.register(new ExperimentReconciler(wiring.experiments(), wiring.completions()));
        operator.start();
    }

    /** What it has measured. */
    public SimpleMeterRegistry meters() {
        return meters;
    }

    @Override
    public void close() {
        operator.stop();
    }
}
