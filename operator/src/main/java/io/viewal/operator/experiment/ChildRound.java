package io.viewal.operator.experiment;

import io.fabric8.kubernetes.api.model.Condition;
import io.viewal.api.v1alpha1.ActiveLearningRound;
import io.viewal.api.v1alpha1.Outcome;
import io.viewal.api.v1alpha1.RoundStatus;
import io.viewal.contract.RoundFigures;
import io.viewal.operator.condition.ConditionType;
import io.viewal.operator.condition.Conditions;
import java.util.List;

/**
 * A round of an experiment as the cache has it.
 *
 * @param held as its spec says
 * @param trainedOn labeled share of the train split's pixels that it trained on; null while that is not known
 * @param says why it is stalled, or has failed; otherwise empty
 */
record ChildRound(String name, Phase phase, boolean held, RoundFigures figures, Double trainedOn, String says) {

    enum Phase {
        /** It goes on, or waits for something that comes by itself. */
        UNDERWAY,
        /** Someone must act before it goes on. */
        STALLED,
        COMPLETE,
        FAILED,
        /** It is being deleted. */
        GOING
    }

    /** False of a change that its experiment does not see, such as progress. */
    static boolean changed(ActiveLearningRound now, ActiveLearningRound before) {
        return !of(now).equals(of(before));
    }

    static ChildRound of(ActiveLearningRound round) {
        RoundStatus status = round.getStatus();
        Phase phase = phase(round);
        RoundStatus.Labels labels = status == null ? null : status.labels();
        RoundStatus.TrainedOn trainedOn = status == null ? null : status.trainedOn();
        return new ChildRound(
                round.getMetadata().getName(),
                phase,
                round.getSpec().held(),
                new RoundFigures(
                        status == null ? null : status.meanIoU(),
                        labels == null ? null : labels.fraction(),
                        labels == null ? null : labels.clicks(),
                        labels == null ? null : labels.seconds()),
                trainedOn == null ? null : trainedOn.fraction(),
                phase == Phase.STALLED || phase == Phase.FAILED
                        ? Conditions.message(conditions(status), ConditionType.Ready)
                                .orElse("")
                        : "");
    }

    private static Phase phase(ActiveLearningRound round) {
        if (round.getMetadata().getDeletionTimestamp() != null) {
            return Phase.GOING;
        }
        Outcome outcome = round.getStatus() == null ? null : round.getStatus().outcome();
        if (outcome != null) {
            return outcome == Outcome.Complete ? Phase.COMPLETE : Phase.FAILED;
        }
        return Conditions.isTrue(conditions(round.getStatus()), ConditionType.Stalled) ? Phase.STALLED : Phase.UNDERWAY;
    }

    private static List<Condition> conditions(RoundStatus status) {
        return status == null ? null : status.conditions();
    }

    /** True while it may have a worker, or may yet get one. */
    boolean underway() {
        return phase == Phase.UNDERWAY || phase == Phase.STALLED;
    }
}
