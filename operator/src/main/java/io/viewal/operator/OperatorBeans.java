package io.viewal.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetricsV2;
import io.micrometer.core.instrument.MeterRegistry;
import io.viewal.operator.experiment.ExperimentEngine;
import io.viewal.operator.job.CompletionTimes;
import io.viewal.operator.pipeline.PipelineEngine;
import io.viewal.operator.store.AccessFiles;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** What the container hands to the reconcilers. */
final class OperatorBeans {

    @Produces
    @Singleton
    Wiring wiring(KubernetesClient client, MeterRegistry registry, OperatorSettings settings) {
        return Wiring.of(
                client,
                registry,
                new AccessFiles(settings.credentialsDir(), settings.authoritiesDir()),
                Clock.systemUTC());
    }

    /** None without the name of a Lease: then this operator is alone, as in development. */
    @Produces
    @Dependent
    LeaderElectionConfiguration leaderElection(OperatorSettings settings) {
        OperatorSettings.LeaderElection election = settings.leaderElection();
        return election.leaseName()
                .map(name -> LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(name)
                        .withLeaseNamespace(election.namespace().orElse(null))
                        .withIdentity(election.identity().orElse(null))
                        .build())
                .orElse(null);
    }

    /** In the place of the extension's own, which measures nothing when it is asked for before the registry is there. */
    @Produces
    @Singleton
    Metrics metrics(MeterRegistry registry) {
        return MicrometerMetricsV2.newBuilder(registry).build();
    }

    @Produces
    @Singleton
    PipelineEngine engine(Wiring wiring) {
        return wiring.engine();
    }

    @Produces
    @Singleton
    ExperimentEngine experiments(Wiring wiring) {
        return wiring.experiments();
    }

    @Produces
    @Singleton
    CompletionTimes completions(Wiring wiring) {
        return wiring.completions();
    }
}
