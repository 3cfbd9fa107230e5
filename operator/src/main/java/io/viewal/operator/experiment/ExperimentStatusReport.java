package io.viewal.operator.experiment;

import io.viewal.api.v1alpha1.ActiveLearningExperiment;
import io.viewal.api.v1alpha1.Artifact;
import io.viewal.api.v1alpha1.ExperimentStatus;
import io.viewal.api.v1alpha1.ExperimentStatus.ArmState;
import io.viewal.api.v1alpha1.ExperimentStatus.Inputs;
import io.viewal.api.v1alpha1.ExperimentStatus.LabelsNeeded;
import io.viewal.api.v1alpha1.ExperimentStatus.Rounds;
import io.viewal.contract.ExperimentRequests;
import io.viewal.contract.Stage;
import io.viewal.operator.condition.Conditions;
import io.viewal.operator.experiment.ExperimentPlan.Counts;
import io.viewal.operator.pipeline.Artifacts;
import io.viewal.operator.pipeline.Pipeline;
import io.viewal.operator.pipeline.Situation;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Makes an experiment's status: of the report, the newest; of the arms, a line each. */
final class ExperimentStatusReport {

    /** What is for people, and machines by name; the pictures lie beside it. */
    private static final Set<String> SHOWN =
            Set.of(ExperimentRequests.PAGE, ExperimentRequests.TABLE, ExperimentRequests.SUMMARY);

    private final ActiveLearningExperiment experiment;
    private final Optional<ExperimentStatus> before;
    private final ObservedExperiment seen;
    private final ExperimentPlan plan;
    private final Situation situation;
    private final ArmComparison arms;

    ExperimentStatusReport(
            ActiveLearningExperiment experiment, ObservedExperiment seen, ExperimentPlan plan, Situation situation) {
        this.experiment = experiment;
        this.seen = seen;
        this.before = Optional.ofNullable(experiment.getStatus());
        this.plan = plan;
        this.situation = situation;
        this.arms = new ArmComparison(plan.runs());
    }

    ExperimentStatus status() {
        Long generation = experiment.getMetadata().getGeneration();
        Conditions conditions =
                new Conditions(before.map(ExperimentStatus::conditions).orElse(null), generation, situation.now());
        Counts counts = plan.counts();
        List<ArmState> states = arms.names().stream().map(this::state).toList();
        return new ExperimentStatus(
                generation,
                states.size(),
                counts.done() + "/" + counts.all(),
                new Rounds(counts.all(), counts.done(), counts.underway(), counts.failed()),
                arms.best().orElse(null),
                arms.labeledFraction().orElse(null),
                states.isEmpty() ? null : states,
                plan.stopReason().orElse(null),
                startedAt(),
                situation.addTo(conditions).list(),
                situation.plan().records().toStatus(ExperimentKind.ownerOf(experiment)),
                artifacts(),
                situation
                        .pipeline()
                        .map(known -> known.setting().className())
                        .orElse(before.map(ExperimentStatus::className).orElse(null)),
                inputs());
    }

    private String startedAt() {
        Instant now = situation.now().truncatedTo(ChronoUnit.SECONDS);
        return seen.startedAt()
                .or(() -> begun(Optional.of(now)))
                .map(Instant::toString)
                .orElse(null);
    }

    /** What is pinned with the first round. */
    private <T> Optional<T> begun(Optional<T> value) {
        return seen.rounds().isEmpty() ? Optional.empty() : value;
    }

    private ArmState state(String arm) {
        Map<String, LabelsNeeded> needed = arms.labelsNeeded(arm);
        return new ArmState(arm, arms.line(arm), needed.isEmpty() ? null : needed);
    }

    private Map<String, Artifact> artifacts() {
        Optional<Pipeline> pipeline = situation.pipeline();
        if (pipeline.isEmpty() || !situation.done().has(Stage.REPORT)) {
            return before.map(ExperimentStatus::artifacts).orElse(null);
        }
        Map<String, Artifact> shown = new TreeMap<>(Artifacts.of(
                situation.done().single(Stage.REPORT), pipeline.get().setting().store()));
        shown.keySet().retainAll(SHOWN);
        return shown.isEmpty() ? null : shown;
    }

    /** Both are kept once they are known. */
    private Inputs inputs() {
        Optional<Inputs> known = before.map(ExperimentStatus::inputs);
        Inputs inputs = new Inputs(
                known.map(Inputs::store)
                        .or(() -> situation.pipeline().map(its -> its.setting().store()))
                        .orElse(null),
                known.map(Inputs::datasetDigest)
                        .or(() -> begun(seen.datasetDigest()))
                        .orElse(null));
        return inputs.store() == null && inputs.datasetDigest() == null ? null : inputs;
    }
}
