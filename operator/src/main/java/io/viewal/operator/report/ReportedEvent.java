package io.viewal.operator.report;

import io.viewal.api.v1alpha1.StageStatus.State;
import io.viewal.contract.Fact;
import io.viewal.contract.Stage;
import io.viewal.operator.condition.Reason;
import io.viewal.operator.condition.Verdict;
import io.viewal.operator.stage.AttemptState.Cause;
import io.viewal.operator.stage.AttemptState.Ended;
import io.viewal.operator.stage.StageRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an event is made from.
 *
 * @param warning true when someone may have to act
 * @param message a sentence of its own
 * @param about the stage, and the attempt, that it is about; empty: all of the resource
 */
record ReportedEvent(boolean warning, Reason reason, String message, Optional<AttemptOf> about) {

    /** An attempt of a stage. */
    record AttemptOf(Stage stage, int number) {}

    /** What happens without anybody's wish, and goes on by itself. */
    private static final Set<Reason> WARNINGS = EnumSet.of(
            Reason.NodeLost, Reason.Evicted, Reason.QuotaExceeded, Reason.PodSetupSlow, Reason.StoreUnavailable);

    /** What happened between two statuses, in order. */
    static List<ReportedEvent> of(Change change) {
        List<ReportedEvent> events = new ArrayList<>();
        for (int i = 0; i < change.after().size(); i++) {
            StageRecord before = change.before().get(i);
            StageRecord after = change.after().get(i);
            ofStage(before, after, change.now().ended(), events);
            if (completes(before, after)) {
                ofFacts(after, change.now().facts().getOrDefault(after.stage(), Map.of()), events);
            }
        }
        Verdict verdict = change.now().verdict();
        if (change.newReason() && worthTelling(verdict)) {
            boolean warning = verdict.kind().stalled() || WARNINGS.contains(verdict.reason());
            events.add(new ReportedEvent(warning, verdict.reason(), verdict.message(), current(change)));
        }
        return events;
    }

    private static Optional<AttemptOf> current(Change change) {
        return change.after().stream()
                .filter(record ->
                        record.state() != State.Complete && record.tally().attempt() > 0)
                .findFirst()
                .map(record -> new AttemptOf(record.stage(), record.tally().attempt()));
    }

    private static void ofStage(
            StageRecord before, StageRecord after, Optional<Ended> ended, List<ReportedEvent> events) {
        Told told = new Told(after.stage(), before.tally().attempt(), events);
        String why = ended.map(Ended::message).orElse(after.message());
        if (after.tally().failures() > before.tally().failures() && after.state() != State.Failed) {
            told.of(true, Reason.Retrying, "%s attempt %d failed: " + why);
        }
        if (after.tally().disruptions() > before.tally().disruptions() && after.state() != State.Failed) {
            Reason reason = ended.map(Ended::reason).filter(WARNINGS::contains).orElse(Reason.Disrupted);
            told.of(reason != Reason.Disrupted, reason, "%s attempt %d was disrupted and is made again: " + why);
        }
        if (ended.filter(end -> end.cause() == Cause.REPLACED).isPresent()
                && after.tally().attempt() > before.tally().attempt()) {
            told.of(false, Reason.ClassChanged, "%s attempt %d had not begun and is made anew: " + why);
        }
        Told now = new Told(after.stage(), after.tally().attempt(), events);
        if (completes(before, after)) {
            now.of(
                    false,
                    Reason.StageComplete,
                    after.found()
                            ? "%s is " + after.message()
                            : "%s is committed by attempt %d after "
                                    + took(after).toSeconds() + " s");
        } else if (after.tally().attempt() > before.tally().attempt() && after.state() != State.Complete) {
            now.of(false, Reason.StageLaunched, "%s attempt %d is launched");
        }
    }

    /** Tells of one attempt of a stage. */
    private record Told(Stage stage, int attempt, List<ReportedEvent> events) {

        void of(boolean warning, Reason reason, String text) {
            String message = text.replaceFirst("%s", stage.title()).replaceFirst("%d", Integer.toString(attempt));
            events.add(new ReportedEvent(warning, reason, message, Optional.of(new AttemptOf(stage, attempt))));
        }
    }

    private static boolean completes(StageRecord before, StageRecord after) {
        return after.state() == State.Complete && before.state() != State.Complete;
    }

    /** What a stage found and someone should know. */
    private static void ofFacts(StageRecord stage, Map<String, String> facts, List<ReportedEvent> events) {
        String random = facts.get(Fact.RANDOM_WEIGHTS);
        if (random != null) {
            AttemptOf committed = new AttemptOf(stage.stage(), stage.tally().attempt());
            events.add(new ReportedEvent(true, Reason.RandomWeights, random, Optional.of(committed)));
        }
    }

    static Duration took(StageRecord complete) {
        return Duration.between(complete.times().startedAt(), complete.times().finishedAt());
    }

    /** Progress is told by the stages. */
    private static boolean worthTelling(Verdict verdict) {
        return switch (verdict.reason()) {
            case PodStarting, Running, Retrying -> false;
            default -> true;
        };
    }
}
