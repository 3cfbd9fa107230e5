package io.viewal.operator.pipeline;

import io.fabric8.kubernetes.client.CustomResource;
import io.viewal.operator.job.JobRejectedException;
import io.viewal.operator.report.Change;
import io.viewal.operator.report.Reporter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** One turn of observe, plan, act and report, for any kind of resource that has stages. */
public final class PipelineEngine {

    private static final Duration CONFLICT_RECHECK = Duration.ofMillis(100);

    private final PipelineObserver observer;
    private final PipelinePlanner planner = new PipelinePlanner();
    private final PipelineActor actor;
    private final StatusWriter writer;
    private final Reporter reporter;
    private final Clock clock;

    public PipelineEngine(
            PipelineObserver observer, PipelineActor actor, StatusWriter writer, Reporter reporter, Clock clock) {
        this.observer = observer;
        this.actor = actor;
        this.writer = writer;
        this.reporter = reporter;
        this.clock = clock;
    }

    /**
     * Takes a turn.
     *
     * @return when to take the next though nothing happened; empty: not at all
     */
    public <S, R extends CustomResource<?, S>> Optional<Duration> turn(
            R resource, PipelineKind<R, S> kind, Neighbours neighbours) {
        Turn<R, S> turn = new Turn<>(resource, kind, neighbours, kind.records(resource));
        return kind.outcome(resource) == null ? turn.take() : turn.afterTheEnd();
    }

    private final class Turn<R extends CustomResource<?, S>, S> {

        private final R resource;
        private final PipelineKind<R, S> kind;
        private final Neighbours neighbours;
        private final Records before;

        Turn(R resource, PipelineKind<R, S> kind, Neighbours neighbours, Records before) {
            this.resource = resource;
            this.kind = kind;
            this.neighbours = neighbours;
            this.before = before;
        }

        Optional<Duration> take() {
            Observed observed = observer.observe(
                    kind.owner(resource),
                    () -> kind.resolve(resource, neighbours),
                    before,
                    kind.jobs(resource, neighbours));
            Instant now = clock.instant();
            PipelinePlan plan = act(planner.plan(observed, before, kind.held(resource), now), observed);
            return report(plan, new Situation(observed, plan, now));
        }

        private PipelinePlan act(PipelinePlan plan, Observed observed) {
            try {
                actor.act(plan.action(), kind.owner(resource), observed, neighbours::created);
                return plan;
            } catch (JobRejectedException e) {
                return plan.rejected(before, e.getMessage());
            }
        }

        private Optional<Duration> report(PipelinePlan plan, Situation situation) {
            S status = kind.status(resource, situation);
            if (Objects.equals(status, resource.getStatus())) {
                return plan.recheck();
            }
            Change change = new Change(
                    resource,
                    kind.conditions(resource),
                    before.list(),
                    plan.records().list(),
                    plan.verdict(),
                    situation.done().facts());
            return switch (writer.write(resource, status)) {
                case DONE -> {
                    reporter.report(change);
                    yield plan.recheck();
                }
                case CONFLICT -> Optional.of(CONFLICT_RECHECK);
                case GONE -> Optional.empty();
            };
        }

        /** Terminal is final: nothing is observed or done, whatever was deleted. */
        Optional<Duration> afterTheEnd() {
            Long generation = resource.getMetadata().getGeneration();
            if (!Objects.equals(generation, kind.observedGeneration(resource))) {
                writer.write(resource, kind.withObservedGeneration(resource.getStatus(), generation));
            }
            return Optional.empty();
        }
    }
}
