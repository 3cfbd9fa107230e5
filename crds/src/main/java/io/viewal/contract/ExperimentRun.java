package io.viewal.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.viewal.contract.ExperimentDeclaration.Arm;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One arm of an experiment with one seed: a chain of rounds, each of which starts from the labels of the one before.
 *
 * <pre>
 * rooms-viewal-s0-r0 … r2   rounds that train, score, select and label
 * rooms-viewal-s0-m3        the round that measures what the last of them labeled: it trains and ends
 * rooms-reference-s0-m0     the reference: a training on all labels
 * </pre>
 *
 * All arms' first rounds with one seed are asked for the same training. Where names would have more than 63 characters, the
 * end of the experiment's name gives way to a digest of it.
 */
public final class ExperimentRun {

    private static final String FULL_SUPERVISION = "FullSupervision";
    private static final int MAX_NAME_LENGTH = 63;
    private static final int DIGEST_LENGTH = 8;

    /** {@code -r99} and one more. */
    private static final int NUMBER_LENGTH = 5;

    private final String arm;
    private final long seed;
    private final int labelingRounds;
    private final String prefix;
    private final StopRules stop;
    private final ObjectNode spec;

    private ExperimentRun(
            String experiment, ExperimentDeclaration declared, String arm, long seed, int rounds, StopRules stop) {
        this.arm = arm;
        this.seed = seed;
        this.labelingRounds = rounds;
        this.prefix = prefix(experiment, "-" + arm + "-s" + seed);
        this.stop = stop;
        this.spec = declared.template().deepCopy();
        spec.put("dataset", declared.dataset());
        spec.put("seed", seed);
    }

    static ExperimentRun of(String experiment, ExperimentDeclaration declared, Arm arm, long seed) {
        StopRules stop = arm.stop().or(declared.stop());
        ExperimentRun run = new ExperimentRun(experiment, declared, arm.name(), seed, declared.rounds(), stop);
        override(run.spec, arm.overrides());
        run.spec.put("strategy", arm.strategy());
        return run;
    }

    static ExperimentRun reference(String experiment, ExperimentDeclaration declared, long seed) {
        String arm = ExperimentDeclaration.REFERENCE_ARM;
        ExperimentRun run = new ExperimentRun(experiment, declared, arm, seed, 0, StopRules.NONE);
        run.spec.putObject("labels").put("source", FULL_SUPERVISION);
        return run;
    }

    private static void override(ObjectNode target, ObjectNode overrides) {
        overrides.properties().forEach(field -> {
            JsonNode there = target.get(field.getKey());
            if (there instanceof ObjectNode inner && field.getValue() instanceof ObjectNode its) {
                override(inner, its);
            } else {
                target.set(field.getKey(), field.getValue().deepCopy());
            }
        });
    }

    /** Name of the arm. */
    public String arm() {
        return arm;
    }

    /** Acquisition strategy of its rounds; {@code FullSupervision} of the reference, which chooses nothing. */
    public String strategy() {
        return isReference() ? FULL_SUPERVISION : spec.get("strategy").asText();
    }

    /** What every random choice of its rounds is drawn from. */
    public long seed() {
        return seed;
    }

    /** Its rules: those of the arm, and of the experiment where the arm has none. */
    public StopRules stop() {
        return stop;
    }

    /** True of a training on all labels, whose score the others' are a share of. */
    public boolean isReference() {
        return arm.equals(ExperimentDeclaration.REFERENCE_ARM);
    }

    /** How many rounds it has, unless a rule ends it before. */
    public int length() {
        return labelingRounds + 1;
    }

    /** All its rounds, unless a rule ends it before: those that label, and the one that measures. */
    public List<PlannedRound> rounds() {
        List<PlannedRound> rounds = new ArrayList<>();
        for (int number = 0; number < labelingRounds; number++) {
            rounds.add(labels(number));
        }
        rounds.add(measures(labelingRounds));
        return rounds;
    }

    /**
     * The round that follows: another one that labels, or else the one that measures, with which the run ends.
     *
     * @param labeled its rounds that have labeled, in their order
     * @param reference the score of the same seed's reference; empty while it is not known
     */
    public PlannedRound next(List<RoundFigures> labeled, Optional<Double> reference) {
        boolean more =
                labeled.size() < labelingRounds && stopped(labeled, reference).isEmpty();
        return more ? labels(labeled.size()) : measures(labeled.size());
    }

    /** The rule that ends the run before its last round, as a sentence; empty while it may go on. */
    public Optional<String> stopped(List<RoundFigures> labeled, Optional<Double> reference) {
        return labeled.size() < labelingRounds ? stop.met(labeled, reference) : Optional.empty();
    }

    /** The round of this number that labels. */
    public PlannedRound labels(int number) {
        return round(number, false);
    }

    /** The round that measures what the first rounds, as many as the number says, have labeled. */
    public PlannedRound measures(int number) {
        return round(number, true);
    }

    private PlannedRound round(int number, boolean measures) {
        ObjectNode its = spec.deepCopy();
        if (number > 0) {
            its.put("previousRound", name(number - 1, false));
        } else if (its.get("training") instanceof ObjectNode training) {
            // There is no previous round yet: the first one begins with what start: Pretrained would.
            training.remove("start");
        }
        if (measures) {
            its.remove("selection");
        }
        return new PlannedRound(name(number, measures), arm, seed, number, measures, its);
    }

    private String name(int number, boolean measures) {
        return prefix + (measures ? "-m" : "-r") + number;
    }

    private static String prefix(String experiment, String run) {
        int room = MAX_NAME_LENGTH - run.length() - NUMBER_LENGTH;
        if (experiment.length() <= room) {
            return experiment + run;
        }
        String digest =
                ContractJson.sha256(experiment.getBytes(StandardCharsets.UTF_8)).substring(0, DIGEST_LENGTH);
        return experiment.substring(0, room - DIGEST_LENGTH - 1) + "-" + digest + run;
    }
}
