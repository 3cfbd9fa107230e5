package io.viewal.operator.report;

import io.viewal.api.v1alpha1.StageStatus.State;
import io.viewal.contract.Fact;
import io.viewal.operator.condition.Reason;
import io.viewal.operator.condition.Verdict;
import io.viewal.operator.stage.StageRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Something worth an event.
 *
 * @param warning true when someone may have to act
 */
record Happening(boolean warning, Reason reason, String message) {

    /** What happened between two statuses, in order. */
    static List<Happening> of(Change change) {
        List<Happening> happenings = new ArrayList<>();
        for (int i = 0; i < change.after().size(); i++) {
            StageRecord after = change.after().get(i);
            ofStage(change.before().get(i), after, happenings);
            if (completes(change.before().get(i), after)) {
                ofFacts(change.facts().getOrDefault(after.stage(), Map.of()), happenings);
            }
        }
        if (change.newReason() && worthTelling(change.verdict())) {
            boolean warning = change.verdict().kind().stalled();
            happenings.add(new Happening(
                    warning, change.verdict().reason(), change.verdict().message()));
        }
        return happenings;
    }

    private static void ofStage(StageRecord before, StageRecord after, List<Happening> happenings) {
        String title = after.stage().title();
        if (after.tally().failures() > before.tally().failures() && after.state() != State.Failed) {
            happenings.add(new Happening(
                    true,
                    Reason.Retrying,
                    "%s attempt %d failed: %s".formatted(title, before.tally().attempt(), after.message())));
        }
        if (after.tally().disruptions() > before.tally().disruptions() && after.state() != State.Failed) {
            happenings.add(new Happening(
                    false,
                    Reason.Disrupted,
                    "%s attempt %d was disrupted and is made again"
                            .formatted(title, before.tally().attempt())));
        }
        if (completes(before, after)) {
            happenings.add(new Happening(
                    false,
                    Reason.StageComplete,
                    "%s is committed after %d s".formatted(title, took(after).toSeconds())));
        } else if (after.tally().attempt() > before.tally().attempt() && after.state() != State.Complete) {
            happenings.add(new Happening(
                    false,
                    Reason.StageLaunched,
                    "%s attempt %d launched".formatted(title, after.tally().attempt())));
        }
    }

    private static boolean completes(StageRecord before, StageRecord after) {
        return after.state() == State.Complete && before.state() != State.Complete;
    }

    /** What a stage found and someone should know. */
    private static void ofFacts(Map<String, String> facts, List<Happening> happenings) {
        String random = facts.get(Fact.RANDOM_WEIGHTS);
        if (random != null) {
            happenings.add(new Happening(true, Reason.RandomWeights, random));
        }
    }

    static Duration took(StageRecord complete) {
        return Duration.between(complete.times().startedAt(), complete.times().finishedAt());
    }

    /** Progress is told by the stages. */
    private static boolean worthTelling(Verdict verdict) {
        return switch (verdict.reason()) {
            case StageLaunched, PodStarting, Running, Retrying -> false;
            default -> true;
        };
    }
}
