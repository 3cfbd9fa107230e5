package io.viewal.operator.experiment;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.viewal.api.v1alpha1.ActiveLearningExperiment;
import io.viewal.api.v1alpha1.ActiveLearningRound;
import io.viewal.operator.condition.Verdict;
import io.viewal.operator.job.NamespaceGoneException;
import io.viewal.operator.pipeline.PipelineEngine;
import io.viewal.operator.pipeline.Reclaimer;
import io.viewal.operator.pipeline.SecondaryResources;
import io.viewal.operator.pipeline.UnmetException;
import io.viewal.operator.store.Stores;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One turn of an experiment: observes its rounds, plans, makes and holds rounds; the report is the pipeline's turn. */
public final class ExperimentEngine {

    /** A name that is taken, or a quota, is freed without an event. */
    private static final Duration REFUSED_RECHECK = Duration.ofSeconds(30);

    private final ExperimentObserver observer = new ExperimentObserver();
    private final ExperimentPlanner planner = new ExperimentPlanner();
    private final ChildRounds children;
    private final PipelineEngine engine;
    private final Reclaimer reclaimer;
    private final ReportRequests reports;
    private final Clock clock;

    public ExperimentEngine(
            KubernetesClient client, PipelineEngine engine, Reclaimer reclaimer, Stores stores, Clock clock) {
        this.children = new ChildRounds(client);
        this.engine = engine;
        this.reclaimer = reclaimer;
        this.reports = new ReportRequests(stores);
        this.clock = clock;
    }

    /**
     * Takes a turn.
     *
     * @param rounds that carry the experiment's name
     * @return when to take the next though nothing happened; empty: not at all
     */
    Optional<Duration> turn(
            ActiveLearningExperiment experiment,
            Collection<ActiveLearningRound> rounds,
            SecondaryResources secondaries) {
        if (experiment.getMetadata().getDeletionTimestamp() != null) {
            return reclaimer.reclaim(
                    experiment,
                    ExperimentKind.ownerOf(experiment),
                    ExperimentKind.usageOf(experiment),
                    ExperimentKind.recordsOf(experiment));
        }
        try {
            return take(experiment, rounds, secondaries);
        } catch (NamespaceGoneException e) {
            return Optional.empty();
        }
    }

    private Optional<Duration> take(
            ActiveLearningExperiment experiment,
            Collection<ActiveLearningRound> rounds,
            SecondaryResources secondaries) {
        Instant now = clock.instant();
        ObservedExperiment seen = observer.observe(experiment, rounds, secondaries);
        ExperimentPlan plan = planner.plan(seen, now);
        Optional<Verdict> refused = Optional.empty();
        if (!plan.actions().isEmpty()) {
            List<ActiveLearningRound> made = new ArrayList<>();
            refused = act(experiment, plan, made);
            made.forEach(secondaries::created);
            seen = seen.with(made.stream().map(ChildRound::of).toList());
            plan = planner.plan(seen, now).acted(refused);
        }
        List<RunState> runs = plan.runs();
        Verdict end = plan.verdict();
        ExperimentKind kind =
                new ExperimentKind(seen, plan, () -> reports.pipeline(experiment, runs, end, rounds, secondaries));
        return Stream.of(
                        engine.turn(experiment, kind, secondaries), plan.recheck(), refused.map(any -> REFUSED_RECHECK))
                .flatMap(Optional::stream)
                .min(Duration::compareTo);
    }

    /**
     * Does what the plan says, as far as it can be done: what hinders one round need not hinder others.
     *
     * @param made is given the rounds that were made
     * @return why a round could not be made
     */
    private Optional<Verdict> act(
            ActiveLearningExperiment experiment, ExperimentPlan plan, List<ActiveLearningRound> made) {
        Optional<Verdict> refused = Optional.empty();
        for (RoundAction action : plan.actions()) {
            try {
                switch (action) {
                    case RoundAction.Make make -> made.add(children.make(experiment, make.round()));
                    case RoundAction.Hold hold ->
                        children.hold(experiment.getMetadata().getNamespace(), hold.name(), hold.held());
                }
            } catch (UnmetException e) {
                refused = refused.or(() -> Optional.of(e.verdict()));
            }
        }
        return refused;
    }
}
