package io.viewal.operator.experiment;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.viewal.api.v1alpha1.ActiveLearningExperiment;
import io.viewal.api.v1alpha1.ActiveLearningRound;
import io.viewal.api.v1alpha1.RoundSpec;
import io.viewal.contract.ContractJson;
import io.viewal.contract.PlannedRound;
import io.viewal.operator.condition.Reason;
import io.viewal.operator.job.JobLabels;
import io.viewal.operator.job.NamespaceGoneException;
import io.viewal.operator.job.OwnerReferences;
import io.viewal.operator.pipeline.UnmetException;
import java.net.HttpURLConnection;

/** Makes the rounds of experiments, holds them and lets them go on. */
final class ChildRounds {

    static final String ARM = "viewal.io/arm";
    static final String SEED = "viewal.io/seed";

    private final KubernetesClient client;

    ChildRounds(KubernetesClient client) {
        this.client = client;
    }

    /**
     * Makes a round.
     *
     * @return the round, be it new or made before for the same experiment
     * @throws UnmetException when its name is another's, or the API server refuses it
     * @throws NamespaceGoneException when its namespace is being deleted, or is
     */
    ActiveLearningRound make(ActiveLearningExperiment experiment, PlannedRound planned) {
        try {
            return client.resource(round(experiment, planned)).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return made(experiment, planned.name());
            }
            if (NamespaceGoneException.tells(e)) {
                throw new NamespaceGoneException(experiment.getMetadata().getNamespace(), e);
            }
            throw switch (e.getCode()) {
                case HttpURLConnection.HTTP_BAD_REQUEST, HttpURLConnection.HTTP_FORBIDDEN, 422 ->
                    UnmetException.stalled(
                            Reason.RoundRejected,
                            "The API server refuses the round '%s': %s; tried again by itself"
                                    .formatted(planned.name(), e.getMessage()));
                default -> e;
            };
        }
    }

    private ActiveLearningRound made(ActiveLearningExperiment experiment, String name) {
        ActiveLearningRound there = client.resources(ActiveLearningRound.class)
                .inNamespace(experiment.getMetadata().getNamespace())
                .withName(name)
                .get();
        if (there == null || there.getMetadata().getDeletionTimestamp() != null) {
            throw UnmetException.waiting(
                    Reason.RoundNameTaken,
                    "An earlier round '%s' is being deleted: made by itself once it is gone".formatted(name));
        }
        if (!owned(there, experiment)) {
            throw UnmetException.stalled(
                    Reason.RoundNameTaken,
                    "There is a round '%s' that is not of this experiment: delete it, or make the experiment with another name"
                            .formatted(name));
        }
        return there;
    }

    static boolean owned(ActiveLearningRound round, ActiveLearningExperiment experiment) {
        return round.getMetadata().getOwnerReferences().stream()
                .anyMatch(
                        owner -> owner.getUid().equals(experiment.getMetadata().getUid()));
    }

    private static ActiveLearningRound round(ActiveLearningExperiment experiment, PlannedRound planned) {
        ActiveLearningRound round = new ActiveLearningRound();
        round.setMetadata(new ObjectMetaBuilder()
                .withName(planned.name())
                .withNamespace(experiment.getMetadata().getNamespace())
                .addToLabels(JobLabels.EXPERIMENT, experiment.getMetadata().getName())
                .addToLabels(ARM, planned.arm())
                .addToLabels(SEED, Long.toString(planned.seed()))
                .withOwnerReferences(OwnerReferences.to(ExperimentKind.ownerOf(experiment)))
                .build());
        round.setSpec(ContractJson.mapper().convertValue(planned.spec(), RoundSpec.class));
        return round;
    }

    /** Holds a round, or lets it go on. */
    void hold(String namespace, String name, boolean held) {
        client.resources(ActiveLearningRound.class)
                .inNamespace(namespace)
                .withName(name)
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": {\"suspend\": %s}}".formatted(held));
    }
}
