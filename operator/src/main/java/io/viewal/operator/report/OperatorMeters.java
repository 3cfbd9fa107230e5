package io.viewal.operator.report;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.viewal.api.v1alpha1.StageStatus.State;
import io.viewal.contract.Stage;
import io.viewal.operator.stage.StageRecord;
import java.time.Duration;
import java.util.List;

/** The operator's own metrics; those of the Operator SDK (reconciliations, queues, retries) are beside them. */
public final class OperatorMeters {

    private static final String LAUNCHED = "launched";
    private static final String FAILED = "failed";
    private static final String DISRUPTED = "disrupted";
    private static final List<String> OUTCOMES = List.of(LAUNCHED, FAILED, DISRUPTED);

    private final MeterRegistry registry;

    public OperatorMeters(MeterRegistry registry) {
        this.registry = registry;
        // From zero on: of a counter that begins with one, Prometheus sees no increase.
        for (Stage stage : Stage.values()) {
            OUTCOMES.forEach(outcome -> attempts(stage, outcome));
        }
    }

    void count(StageRecord before, StageRecord after) {
        int launched = after.tally().attempt() - before.tally().attempt();
        if (launched > 0) {
            attempts(after.stage(), LAUNCHED).increment(launched);
        }
        int failures = after.tally().failures() - before.tally().failures();
        if (failures > 0) {
            attempts(after.stage(), FAILED).increment(failures);
        }
        int disruptions = after.tally().disruptions() - before.tally().disruptions();
        if (disruptions > 0) {
            attempts(after.stage(), DISRUPTED).increment(disruptions);
        }
        boolean completes = after.state() == State.Complete && before.state() != State.Complete;
        if (completes && !after.found()) {
            Timer.builder("viewal.stage.duration")
                    .description("From a stage's first launch to its committed result")
                    .tag("stage", after.stage().key())
                    .register(registry)
                    .record(ReportedEvent.took(after));
        }
    }

    /** Records the time from a stage's Job seen to end to the next stage's Job created. */
    public void stageGap(Stage next, Duration gap) {
        Timer.builder("viewal.stage.gap")
                .description(
                        "From a Job seen to complete to the next stage's Job created; 0 when the result was there first")
                .tag("stage", next.key())
                .publishPercentiles(0.5, 0.99)
                .register(registry)
                .record(gap);
    }

    private Counter attempts(Stage stage, String outcome) {
        return Counter.builder("viewal.stage.attempts")
                .description("Attempts of stages, by how they went")
                .tag("stage", stage.key())
                .tag("outcome", outcome)
                .register(registry);
    }
}
