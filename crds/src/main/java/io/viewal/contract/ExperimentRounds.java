package io.viewal.contract;

import static java.util.Objects.requireNonNull;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rounds of an experiment that have ended, as its report reads them. It is an object in the store, see
 * {@link ExperimentRequests#artifact}, since thousands of rounds fit no pod's annotation. Made by
 * {@link ExperimentRoundsBuilder}.
 *
 * @param version of this record, {@value #VERSION}
 * @param experiment name of the experiment
 * @param arms what is compared, as declared, the control and the reference among them
 * @param rounds that have ended, in any order
 */
@RecordBuilder
public record ExperimentRounds(int version, String experiment, List<Arm> arms, List<Round> rounds) {

    public static final int VERSION = 1;

    /**
     * @throws IllegalArgumentException when two arms or two rounds are the same, a round is of no arm, or there are two
     *     controls or references
     */
    public ExperimentRounds {
        if (version != VERSION) {
            throw new IllegalArgumentException("The rounds of experiment '" + experiment + "' have version " + version
                    + ", expected " + VERSION + ": use operator and worker images of the same release");
        }
        arms = List.copyOf(arms);
        rounds = List.copyOf(rounds);
        Set<String> names = arms.stream().map(Arm::name).collect(Collectors.toSet());
        if (names.size() < arms.size()) {
            throw new IllegalArgumentException("Experiment '" + experiment + "' has two arms of one name");
        }
        for (Role role : List.of(Role.Control, Role.Reference)) {
            if (arms.stream().filter(arm -> arm.role() == role).count() > 1) {
                throw new IllegalArgumentException("Experiment '" + experiment + "' has two arms with the role " + role
                        + ", expected one at most");
            }
        }
        requireRounds(names, rounds);
    }

    private static void requireRounds(Set<String> arms, List<Round> rounds) {
        Set<String> places = new HashSet<>();
        for (Round round : rounds) {
            if (!arms.contains(round.arm())) {
                throw new IllegalArgumentException(
                        "Round '" + round.name() + "' is of the arm '" + round.arm() + "', expected one of " + arms);
            }
            if (!places.add(round.arm() + "/" + round.seed() + "/" + round.number())) {
                throw new IllegalArgumentException("Round " + round.number() + " of the arm '" + round.arm()
                        + "' and seed " + round.seed() + " is there twice");
            }
        }
    }

    /**
     * What is compared with others.
     *
     * @param strategy acquisition strategy; of the reference {@code FullSupervision}
     * @param ended why no more rounds of it follow; null: they do
     */
    public record Arm(String name, String strategy, Role role, String ended) {
        public Arm {
            requireNonNull(name, "name");
            requireNonNull(strategy, "strategy");
            requireNonNull(role, "role");
        }
    }

    /** What an arm is compared as. */
    @SuppressWarnings("MemberName") // The names are the YAML's.
    public enum Role {
        Compared,

        /** What the others are tested against; at most one arm. */
        Control,

        /** Trained on every label that there is: what the others may reach; at most one arm. */
        Reference
    }

    /**
     * A round that has ended.
     *
     * @param seed that it repeats the experiment with
     * @param number in its arm and seed, from 0
     * @param name of the {@code ActiveLearningRound}
     * @param message why it failed; null when it did not
     * @param results its committed {@link StageResult} objects by stage, one a shard, and its data set's, PREPARE; stages
     *     that it does not have, or whose results are gone, are left out
     */
    public record Round(
            String arm,
            long seed,
            int number,
            String name,
            Outcome outcome,
            String message,
            Map<Stage, List<ArtifactRef>> results) {

        public Round {
            requireNonNull(name, "name");
            requireNonNull(outcome, "outcome");
            EnumMap<Stage, List<ArtifactRef>> copy = new EnumMap<>(Stage.class);
            results.forEach((stage, shards) -> copy.put(stage, List.copyOf(shards)));
            results = Collections.unmodifiableMap(copy);
        }
    }

    /** How a round ended. */
    @SuppressWarnings("MemberName") // The names are the status's.
    public enum Outcome {
        Complete,
        Failed
    }
}
