package io.viewal.operator.condition;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the next list of conditions; a transition time moves only when a status does. */
public final class Conditions {

    private static final int MAX_MESSAGE_CHARS = 1024;

    private final List<Condition> before;
    private final List<Condition> next = new ArrayList<>();
    private final Long generation;
    private final String now;

    /**
     * Begins a list.
     *
     * @param before the conditions so far; may be null
     * @param generation of the spec that they are about
     */
    public Conditions(List<Condition> before, Long generation, Instant now) {
        this.before = before == null ? List.of() : before;
        this.generation = generation;
        this.now = now.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Adds {@code Ready}, {@code Reconciling} and {@code Stalled}. */
    public Conditions add(Verdict verdict) {
        Verdict.Kind kind = verdict.kind();
        add(ConditionType.Ready.name(), status(kind.ready()), verdict.reason(), verdict.message());
        add(ConditionType.Reconciling.name(), status(kind.reconciling()), verdict.reason(), "");
        return add(ConditionType.Stalled.name(), status(kind.stalled()), verdict.reason(), "");
    }

    /** Adds a condition; a message that is null becomes an empty one, as the API wants it. */
    public Conditions add(String type, String status, Reason reason, String message) {
        String since = before.stream()
                .filter(old -> old.getType().equals(type) && old.getStatus().equals(status))
                .map(Condition::getLastTransitionTime)
                .findFirst()
                .orElse(now);
        next.add(new ConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason(reason.name())
                .withMessage(message == null ? "" : shortened(message))
                .withLastTransitionTime(since)
                .withObservedGeneration(generation)
                .build());
        return this;
    }

    /** The list. */
    public List<Condition> list() {
        return List.copyOf(next);
    }

    /**
     * Since when a condition is as it is; empty when there is none.
     *
     * @param conditions may be null
     */
    public static Optional<Instant> since(List<Condition> conditions, ConditionType type) {
        return find(conditions, type).map(condition -> Instant.parse(condition.getLastTransitionTime()));
    }

    /**
     * What a condition says; empty when there is none, or it says nothing.
     *
     * @param conditions may be null
     */
    public static Optional<String> message(List<Condition> conditions, ConditionType type) {
        return find(conditions, type).map(Condition::getMessage).filter(message -> !message.isEmpty());
    }

    /**
     * True when there is the condition and its status is so.
     *
     * @param conditions may be null
     */
    public static boolean isTrue(List<Condition> conditions, ConditionType type) {
        return find(conditions, type)
                .filter(condition -> condition.getStatus().equals("True"))
                .isPresent();
    }

    private static Optional<Condition> find(List<Condition> conditions, ConditionType type) {
        return conditions == null
                ? Optional.empty()
                : conditions.stream()
                        .filter(condition -> condition.getType().equals(type.name()))
                        .findFirst();
    }

    private static String status(boolean value) {
        return value ? "True" : "False";
    }

    private static String shortened(String message) {
        return message.length() <= MAX_MESSAGE_CHARS ? message : message.substring(0, MAX_MESSAGE_CHARS - 1) + "…";
    }
}
