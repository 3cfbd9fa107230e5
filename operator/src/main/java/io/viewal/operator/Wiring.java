package io.viewal.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.viewal.operator.experiment.ExperimentEngine;
import io.viewal.operator.job.AttemptReader;
import io.viewal.operator.job.CompletionTimes;
import io.viewal.operator.job.JobClient;
import io.viewal.operator.pipeline.PipelineActor;
import io.viewal.operator.pipeline.PipelineEngine;
import io.viewal.operator.pipeline.PipelineObserver;
import io.viewal.operator.pipeline.Reclaimer;
import io.viewal.operator.pipeline.References;
import io.viewal.operator.pipeline.StatusWriter;
import io.viewal.operator.report.OperatorMeters;
import io.viewal.operator.report.Reporter;
import io.viewal.operator.store.AccessFiles;
import io.viewal.operator.store.Stores;
import java.time.Clock;

/** Makes the parts that reconcilers share, with or without a container. */
public record Wiring(PipelineEngine engine, ExperimentEngine experiments, CompletionTimes completions) {

    /**
     * Puts the parts together.
     *
     * @param files what stores are opened with
     */
    public static Wiring of(KubernetesClient client, MeterRegistry registry, AccessFiles files, Clock clock) {
        OperatorMeters meters = new OperatorMeters(registry);
        CompletionTimes completions = new CompletionTimes(clock);
        JobClient jobs = new JobClient(client);
        Stores stores = new Stores(files, clock);
        Reporter reporter = new Reporter(client, meters, clock);
        Reclaimer reclaimer = new Reclaimer(client, stores, reporter, clock);
        PipelineEngine engine = new PipelineEngine(
                new PipelineObserver(stores, new AttemptReader(jobs, clock), clock),
                new PipelineActor(new References(stores), jobs, completions, meters, clock),
                new StatusWriter(client),
                reporter,
                reclaimer,
                clock);
        return new Wiring(engine, new ExperimentEngine(client, engine, reclaimer, stores, clock), completions);
    }
}
