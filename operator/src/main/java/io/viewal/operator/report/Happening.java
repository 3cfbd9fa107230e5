package io.viewal.operator.report;

import io.viewal.api.v1alpha1.StageStatus.State;
import io.viewal.operator.condition.Reason;
import io.viewal.operator.condition.Verdict;
import io.viewal.operator.stage.StageRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

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
            ofStage(change.before().get(i), change.after().get(i), happenings);
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
        if (after.state() == State.Complete && before.state() != State.Complete) {
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
