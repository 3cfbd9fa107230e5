package io.viewal.operator.experiment;

import io.viewal.api.v1alpha1.ActiveLearningExperiment;
import io.viewal.api.v1alpha1.ActiveLearningRound;
import io.viewal.api.v1alpha1.ExperimentStatus;
import io.viewal.api.v1alpha1.RoundStatus;
import io.viewal.api.v1alpha1.StoreReference;
import io.viewal.contract.ArtifactRef;
import io.viewal.contract.ContractJson;
import io.viewal.contract.ExperimentRequests;
import io.viewal.contract.ExperimentRounds;
import io.viewal.contract.Owner;
import io.viewal.operator.condition.Verdict;
import io.viewal.operator.pipeline.ClassResolver;
import io.viewal.operator.pipeline.SecondaryResources;
import io.viewal.operator.pipeline.Setting;
import io.viewal.operator.store.StageStore;
import io.viewal.operator.store.Stores;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Asks for the report of an experiment whose rounds have ended: writes what it is made of into the store. */
final class ReportRequests {

    private final Stores stores;

    ReportRequests(Stores stores) {
        this.stores = stores;
    }

    /**
     * The stage that makes the report.
     *
     * @throws io.viewal.operator.pipeline.UnmetException when its class is missing
     * @throws io.viewal.operator.store.StoreException when the store can't be used
     */
    ReportPipeline pipeline(
            ActiveLearningExperiment experiment,
            List<RunState> runs,
            Verdict end,
            Collection<ActiveLearningRound> rounds,
            SecondaryResources secondaries) {
        Setting setting = setting(experiment, rounds, secondaries);
        StageStore store = stores.open(setting.store(), experiment.getMetadata().getNamespace());
        store.probe();
        RoundResults results = new RoundResults(
                store, setting.store(), secondaries.dataset(experiment.getSpec().dataset()));
        Map<String, ActiveLearningRound> byName = rounds.stream()
                .collect(Collectors.toMap(round -> round.getMetadata().getName(), Function.identity()));
        ExperimentRounds finished =
                new FinishedRounds(experiment.getMetadata().getName(), runs, byName, results::of).rounds();
        Owner owner = ExperimentKind.ownerOf(experiment);
        ArtifactRef ref = new ExperimentRequests(owner, setting.location()).artifact(finished);
        store.keep(ref, ContractJson.toBytes(finished));
        return new ReportPipeline(owner, setting, ref, end);
    }

    /** The class of the rounds, and the store that the first of them began with. */
    private static Setting setting(
            ActiveLearningExperiment experiment,
            Collection<ActiveLearningRound> rounds,
            SecondaryResources secondaries) {
        Optional<ExperimentStatus> status = Optional.ofNullable(experiment.getStatus());
        Optional<ActiveLearningRound> begun = rounds.stream()
                .filter(round -> round.getStatus() != null && round.getStatus().inputs() != null)
                .findFirst();
        StoreReference store = status.map(ExperimentStatus::inputs)
                .map(ExperimentStatus.Inputs::store)
                .or(() -> begun.map(round -> round.getStatus().inputs().store()))
                .orElse(null);
        String className = status.map(ExperimentStatus::className)
                .or(() -> begun.map(ActiveLearningRound::getStatus)
                        .map(RoundStatus::className)
                        .filter(Objects::nonNull))
                .orElse(null);
        return new ClassResolver(experiment.getMetadata(), secondaries)
                .resolve(experiment.getSpec().template().className(), store, className);
    }
}
