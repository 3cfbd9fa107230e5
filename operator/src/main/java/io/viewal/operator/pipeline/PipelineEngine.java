package io.viewal.operator.pipeline;

import io.fabric8.kubernetes.client.CustomResource;
import io.viewal.api.v1alpha1.Outcome;
import io.viewal.operator.condition.ConditionType;
import io.viewal.operator.condition.Conditions;
import io.viewal.operator.job.JobRejectedException;
import io.viewal.operator.job.NamespaceGoneException;
import io.viewal.operator.report.Change;
import io.viewal.operator.report.Reporter;
import io.viewal.operator.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** One turn of observe, plan, act and report, for any kind of resource that has stages. */
public final class PipelineEngine {

    /** How long a worker may take to end once everything is committed. */
    private static final Duration ENDING = Duration.ofSeconds(60);

    /** A status that says the end is followed by a look at what still runs. */
    private static final Duration END_RECHECK = Duration.ofSeconds(1);

    private static final Duration CONFLICT_RECHECK = Duration.ofMillis(100);

    private static final Logger LOG = Logger.getLogger(PipelineEngine.class);

    /** Namespaces that are being deleted, as far as that was logged. */
    private final Set<String> gone = ConcurrentHashMap.newKeySet();

    private final PipelineObserver observer;
    private final PipelinePlanner planner = new PipelinePlanner();
    private final PipelineActor actor;
    private final StatusWriter writer;
    private final Reporter reporter;
    private final Reclaimer reclaimer;
    private final Clock clock;

    public PipelineEngine(
            PipelineObserver observer,
            PipelineActor actor,
            StatusWriter writer,
            Reporter reporter,
            Reclaimer reclaimer,
            Clock clock) {
        this.observer = observer;
        this.actor = actor;
        this.writer = writer;
        this.reclaimer = reclaimer;
        this.reporter = reporter;
        this.clock = clock;
    }

    /**
     * Takes a turn.
     *
     * @return when to take the next though nothing happened; empty: not at all
     */
    public <S, R extends CustomResource<?, S>> Optional<Duration> turn(
            R resource, PipelineKind<R, S> kind, SecondaryResources secondaries) {
        if (resource.getMetadata().getDeletionTimestamp() != null) {
            return reclaimer.reclaim(resource, kind.owner(resource), kind.usage(resource), kind.records(resource));
        }
        if (writer.hasReplaced(resource)) {
            return Optional.of(CONFLICT_RECHECK);
        }
        Turn<R, S> turn = new Turn<>(resource, kind, secondaries, kind.records(resource));
        try {
            return kind.outcome(resource) == null ? turn.take() : turn.afterTheEnd();
        } catch (NamespaceGoneException e) {
            if (gone.add(resource.getMetadata().getNamespace())) {
                LOG.infof("%s: nothing more is made there", e.getMessage());
            }
            return Optional.empty();
        }
    }

    private final class Turn<R extends CustomResource<?, S>, S> {

        private final R resource;
        private final PipelineKind<R, S> kind;
        private final SecondaryResources secondaries;
        private final Records before;

        Turn(R resource, PipelineKind<R, S> kind, SecondaryResources secondaries, Records before) {
            this.resource = resource;
            this.kind = kind;
            this.secondaries = secondaries;
            this.before = before;
        }

        Optional<Duration> take() {
            Observed observed = observer.observe(
                    kind.owner(resource),
                    contents -> kind.resolve(resource, secondaries, contents),
                    before,
                    kind.jobs(resource, secondaries),
                    secondaries::jobsMaking);
            Instant now = clock.instant();
            if (observed instanceof Observed.Underway underway) {
                if (reclaimer.hold(resource, underway.pipeline().setting().roundClass())) {
                    return Optional.of(CONFLICT_RECHECK);
                }
                actor.stop(underway.outlived(), kind.owner(resource));
            }
            PipelinePlan plan = act(planner.plan(observed, before, kind.held(resource), now), observed);
            return report(plan, new Situation(observed, plan, now));
        }

        private PipelinePlan act(PipelinePlan plan, Observed observed) {
            try {
                actor.act(plan, before, kind.owner(resource), observed, secondaries::created);
                return plan;
            } catch (JobRejectedException e) {
                return plan.rejected(before, e.reason(), e.getMessage());
            } catch (MadeElsewhereException e) {
                return plan.waitingFor(e.maker(), before);
            } catch (StoreException e) {
                return planner.plan(new Observed.Blocked(e.verdict(), List.of()), before, false, clock.instant());
            }
        }

        private Optional<Duration> report(PipelinePlan plan, Situation situation) {
            S status = kind.status(resource, situation);
            if (Objects.equals(status, resource.getStatus())) {
                return plan.recheck();
            }
            Change change = new Change(
                    resource,
                    kind.owner(resource),
                    kind.conditions(resource),
                    before.list(),
                    plan.records().list(),
                    new Change.Now(
                            plan.verdict(), plan.ended(), situation.done().facts()));
            return switch (writer.write(resource, status)) {
                case DONE -> {
                    reporter.report(change);
                    yield plan.verdict().kind().terminal() ? Optional.of(END_RECHECK) : plan.recheck();
                }
                case CONFLICT -> Optional.of(CONFLICT_RECHECK);
                case GONE -> Optional.empty();
            };
        }

        /** Terminal is final: nothing is observed or made, whatever was deleted. What still runs is stopped. */
        Optional<Duration> afterTheEnd() {
            Long generation = resource.getMetadata().getGeneration();
            if (!Objects.equals(generation, kind.observedGeneration(resource))) {
                writer.write(resource, kind.withObservedGeneration(resource.getStatus(), generation));
            }
            List<String> active = kind.jobs(resource, secondaries).active();
            Duration left = active.isEmpty() ? Duration.ZERO : Duration.between(clock.instant(), stopAt());
            if (left.isPositive()) {
                return Optional.of(left);
            }
            actor.stop(active, kind.owner(resource));
            return Optional.empty();
        }

        /** A worker that has just committed is about to end by itself, with its log; none is waited for after a failure. */
        private Instant stopAt() {
            return kind.outcome(resource) == Outcome.Failed
                    ? Instant.EPOCH
                    : Conditions.since(kind.conditions(resource), ConditionType.Ready)
                            .map(ready -> ready.plus(ENDING))
                            .orElse(Instant.EPOCH);
        }
    }
}
