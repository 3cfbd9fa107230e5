package io.viewal.operator.experiment;

import io.viewal.api.v1alpha1.ActiveLearningExperiment;
import io.viewal.api.v1alpha1.ActiveLearningRound;
import io.viewal.api.v1alpha1.ExperimentStatus;
import io.viewal.api.v1alpha1.MultiViewDataset;
import io.viewal.contract.ContractJson;
import io.viewal.contract.ExperimentDeclaration;
import io.viewal.operator.condition.Reason;
import io.viewal.operator.condition.Verdict;
import io.viewal.operator.pipeline.ReadyDataset;
import io.viewal.operator.pipeline.SecondaryResources;
import io.viewal.operator.pipeline.UnmetException;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Looks at an experiment, its rounds and its data set, as the caches have them. */
final class ExperimentObserver {

    ObservedExperiment observe(
            ActiveLearningExperiment experiment,
            Collection<ActiveLearningRound> rounds,
            SecondaryResources secondaries) {
        ExperimentDeclaration declared =
                ContractJson.mapper().convertValue(experiment.getSpec(), ExperimentDeclaration.class);
        Map<String, ChildRound> children = new TreeMap<>();
        rounds.stream()
                .filter(round -> ChildRounds.owned(round, experiment))
                .map(ChildRound::of)
                .forEach(child -> children.put(child.name(), child));
        DatasetSeen dataset = dataset(experiment, secondaries);
        return new ObservedExperiment(
                declared,
                declared.runs(experiment.getMetadata().getName()),
                children,
                dataset.digest(),
                dataset.blocked(),
                status(experiment).map(ExperimentStatus::startedAt).map(Instant::parse));
    }

    private record DatasetSeen(Optional<String> digest, Optional<Verdict> blocked) {}

    /** Rounds that have begun go on with the data set that they began with; others would wait, each for itself. */
    private static DatasetSeen dataset(ActiveLearningExperiment experiment, SecondaryResources secondaries) {
        try {
            MultiViewDataset dataset = ReadyDataset.of(
                    experiment.getSpec().dataset(), experiment.getMetadata().getNamespace(), secondaries);
            String digest = dataset.getStatus().digest();
            return new DatasetSeen(
                    Optional.of(digest),
                    status(experiment)
                            .map(ExperimentStatus::inputs)
                            .map(ExperimentStatus.Inputs::datasetDigest)
                            .filter(pinned -> !pinned.equals(digest))
                            .map(pinned -> changed(experiment.getSpec().dataset())));
        } catch (UnmetException e) {
            return new DatasetSeen(Optional.empty(), Optional.of(e.verdict()));
        }
    }

    private static Optional<ExperimentStatus> status(ActiveLearningExperiment experiment) {
        return Optional.ofNullable(experiment.getStatus());
    }

    private static Verdict changed(String dataset) {
        return Verdict.stalled(
                Reason.DatasetChanged,
                "MultiViewDataset '%s' was made again with other content, which can't be compared with what was labeled"
                                .formatted(dataset)
                        + " before: make it as it was, or make an experiment of another name");
    }
}
