package io.viewal.contract;

import static java.util.Objects.requireNonNullElse;
import static java.util.Objects.requireNonNullElseGet;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * The {@code spec} of an {@code ActiveLearningExperiment} as both the operator and the command line read it: the same
 * rounds for each of some arms and seeds. A <i>run</i> is one arm with one seed, see {@link ExperimentRun}.
 *
 * @param dataset name of the data set, in the experiment's namespace
 * @param rounds rounds of a run that label; one more measures what the last of them labeled
 * @param seeds one run of each arm a seed
 * @param arms what is compared
 * @param control the arm that the others are compared with ({@code ForegroundRandom66})
 * @param reference what scores are a share of ({@code None})
 * @param parallelRounds how many rounds may be under way at once (2)
 * @param stop ends a run before its last round; an arm's own rules come before these
 * @param activeDeadlineSeconds after which nothing goes on, counted from the first round; null: never
 * @param suspend true holds all rounds
 * @param template the {@code spec} of each round, but for what is said here
 */
public record ExperimentDeclaration(
        String dataset,
        int rounds,
        Seeds seeds,
        List<Arm> arms,
        Control control,
        Reference reference,
        Integer parallelRounds,
        StopRules stop,
        Long activeDeadlineSeconds,
        boolean suspend,
        ObjectNode template) {

    /** Name of the arm that {@code control} adds. */
    public static final String CONTROL_ARM = "control";

    /** Name of the arm that {@code reference} adds. */
    public static final String REFERENCE_ARM = "reference";

    private static final int DEFAULT_PARALLEL_ROUNDS = 2;

    public ExperimentDeclaration {
        if (rounds < 1) {
            throw new IllegalArgumentException("rounds is " + rounds + ": an experiment has at least one");
        }
        if (seeds == null) {
            throw new IllegalArgumentException(
                    "seeds is missing: give 'seeds: {count: 3}', or 'seeds: {list: [7, 8]}'");
        }
        arms = arms == null ? List.of() : List.copyOf(arms);
        control = requireNonNullElse(control, Control.ForegroundRandom66);
        reference = requireNonNullElse(reference, Reference.None);
        requireArms(arms, control);
        parallelRounds = requireNonNullElse(parallelRounds, DEFAULT_PARALLEL_ROUNDS);
        stop = requireNonNullElse(stop, StopRules.NONE);
        template = requireNonNullElseGet(template, JsonNodeFactory.instance::objectNode);
        requireReachable(rounds, arms, stop, reference);
    }

    private static void requireArms(List<Arm> arms, Control control) {
        if (arms.isEmpty() && control == Control.None) {
            throw new IllegalArgumentException(
                    "There is nothing to run: name an arm, such as" + " 'arms: [{name: viewal, strategy: ViewAL}]'");
        }
        Set<String> names = new HashSet<>(Set.of(CONTROL_ARM, REFERENCE_ARM));
        for (Arm arm : arms) {
            if (!names.add(arm.name())) {
                throw new IllegalArgumentException("The arm name '" + arm.name() + "' is taken: give each arm a name"
                        + " of its own; '" + CONTROL_ARM + "' and '" + REFERENCE_ARM + "' are the experiment's");
            }
        }
    }

    /** A rule that can never be met is a slip. */
    private static void requireReachable(int rounds, List<Arm> arms, StopRules stop, Reference reference) {
        List<StopRules> all = new ArrayList<>(List.of(stop));
        arms.forEach(arm -> all.add(arm.stop()));
        for (StopRules rules : all) {
            if (rules.shareOfReference() != null && reference == Reference.None) {
                throw new IllegalArgumentException("shareOfReference can never be met, as there is no reference: add"
                        + " 'reference: FullSupervision'");
            }
            if (rules.plateau() != null && rules.plateau().window() >= rounds) {
                throw new IllegalArgumentException(
                        "A plateau of " + rules.plateau().window() + " rounds can never be met in " + rounds
                                + ": give a smaller window, or more rounds");
            }
        }
    }

    /**
     * All runs in the order in which they are begun: seed after seed, of each seed the reference first, as rules may need
     * it, then the arms as they are declared, the control arm last.
     *
     * @param experiment the experiment's name, which the rounds' names begin with
     */
    public List<ExperimentRun> runs(String experiment) {
        List<ExperimentRun> runs = new ArrayList<>();
        for (long seed : seeds.values()) {
            if (reference == Reference.FullSupervision) {
                runs.add(ExperimentRun.reference(experiment, this, seed));
            }
            for (Arm arm : allArms()) {
                runs.add(ExperimentRun.of(experiment, this, arm, seed));
            }
        }
        return runs;
    }

    /** The arms that choose regions: those declared, and the control arm. */
    public List<Arm> allArms() {
        if (control == Control.None) {
            return arms;
        }
        List<Arm> all = new ArrayList<>(arms);
        all.add(new Arm(CONTROL_ARM, control.name(), null, null));
        return all;
    }

    /**
     * One way to choose regions.
     *
     * @param name part of its rounds' names
     * @param strategy acquisition strategy ({@code ViewAL})
     * @param overrides what its rounds have in the template's place, as the template is written; lists are replaced whole
     * @param stop its own rules, each in the place of the experiment's
     */
    public record Arm(String name, String strategy, ObjectNode overrides, StopRules stop) {

        private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,22}[a-z0-9])?");

        private static final Set<String> OVERRIDABLE = Set.of("mode", "training", "scoring", "selection", "labeling");

        public Arm {
            if (name == null || !NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("An arm is called '" + name
                        + "': expected at most 24 lower-case letters, digits and '-', such as 'viewal-20-passes'");
            }
            strategy = requireNonNullElse(strategy, "ViewAL");
            overrides = requireNonNullElseGet(overrides, JsonNodeFactory.instance::objectNode);
            stop = requireNonNullElse(stop, StopRules.NONE);
            overrides.fieldNames().forEachRemaining(field -> {
                if (!OVERRIDABLE.contains(field)) {
                    throw new IllegalArgumentException(
                            "An arm can't override '" + field + "', which all arms share:" + " expected one of "
                                    + OVERRIDABLE.stream().sorted().toList());
                }
            });
        }
    }

    /**
     * What each arm is repeated with; one of both is given.
     *
     * @param count 0, 1 and so on
     * @param list these
     */
    public record Seeds(Integer count, List<Long> list) {

        public Seeds {
            if ((count == null) == (list == null)) {
                throw new IllegalArgumentException(
                        "seeds has a count or a list: 'seeds: {count: 3}', or" + " 'seeds: {list: [7, 8]}'");
            }
            if (count == null ? list.isEmpty() : count < 1) {
                throw new IllegalArgumentException("An experiment needs at least one seed: 'seeds: {count: 1}'");
            }
            if (list != null && new HashSet<>(list).size() < list.size()) {
                throw new IllegalArgumentException("seeds.list is " + list + ": give each seed once");
            }
        }

        /** The seeds in order. */
        public List<Long> values() {
            return count == null ? list : LongStream.range(0, count).boxed().toList();
        }
    }

    /** The arm that others are compared with: it chooses at random among what is likely in the foreground. */
    @SuppressWarnings("MemberName") // The names are the YAML's.
    public enum Control {
        ForegroundRandom66,
        None
    }

    /** What scores are a share of. */
    @SuppressWarnings("MemberName") // The names are the YAML's.
    public enum Reference {
        /** A training on all labels of the train split, one a seed. */
        FullSupervision,
        None
    }
}
