package io.viewal.operator.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.viewal.contract.ContractJson;
import io.viewal.contract.ExperimentDeclaration;
import io.viewal.contract.RoundFigures;
import io.viewal.operator.condition.Verdict;
import io.viewal.operator.experiment.ChildRound.Phase;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An experiment and its rounds as a test wants them; what a plan says is done at once. */
final class Experiments {

    static final Instant START = Instant.parse("2026-12-01T08:00:00Z");

    private static final String SPEC = """
            {"dataset": "rooms", "rounds": 2, "seeds": {"count": 1}, "control": "None", "parallelRounds": 2,
             "arms": [{"name": "viewal", "strategy": "ViewAL"}, {"name": "random", "strategy": "Random"}],
             "template": {"selection": {"budget": {"amount": 2}}}}""";

    private final ObjectNode spec;
    private final Map<String, ChildRound> rounds = new TreeMap<>();
    private final ExperimentPlanner planner = new ExperimentPlanner();
    private Optional<Verdict> blocked = Optional.empty();
    private Instant now = START;

    private Experiments(ObjectNode spec) {
        this.spec = spec;
    }

    /** The plain one with these fields in the place of its own. */
    static Experiments with(String fields) {
        Experiments experiment = new Experiments((ObjectNode) json(SPEC));
        experiment.edit(fields);
        return experiment;
    }

    void edit(String fields) {
        spec.setAll((ObjectNode) json(fields));
    }

    void blocked(Verdict verdict) {
        blocked = Optional.of(verdict);
    }

    void at(Instant time) {
        now = time;
    }

    /** The next plan, which is done. */
    ExperimentPlan turn() {
        ExperimentPlan plan = plan();
        for (RoundAction action : plan.actions()) {
            switch (action) {
                case RoundAction.Make make -> put(make.round().name(), Phase.UNDERWAY, null);
                case RoundAction.Hold hold -> {
                    ChildRound old = rounds.get(hold.name());
                    rounds.put(
                            hold.name(), new ChildRound(old.name(), old.phase(), hold.held(), old.figures(), null, ""));
                }
            }
        }
        return plan;
    }

    ExperimentPlan plan() {
        return planner.plan(observed(), now);
    }

    ObservedExperiment observed() {
        ExperimentDeclaration declared = ContractJson.mapper().convertValue(spec, ExperimentDeclaration.class);
        Optional<Instant> startedAt = rounds.isEmpty() ? Optional.empty() : Optional.of(START);
        return new ObservedExperiment(declared, declared.runs("e"), rounds, Optional.of("digest"), blocked, startedAt);
    }

    Map<String, ChildRound> rounds() {
        return rounds;
    }

    /** Completes a round; it has trained on, and labeled up to, the shares of its number. */
    void complete(String name, double score) {
        int number = Integer.parseInt(name.replaceFirst(".*[rm]", ""));
        boolean measures = name.matches(".*-m\\d+");
        rounds.put(
                name,
                new ChildRound(
                        name,
                        Phase.COMPLETE,
                        false,
                        measures
                                ? new RoundFigures(score, null, null, null)
                                : new RoundFigures(
                                        score, (number + 2) / 10.0, 100L * (number + 2), 300.0 * (number + 2)),
                        (number + 1) / 10.0,
                        "done"));
    }

    void fail(String name) {
        fail(name, "it ran out of memory");
    }

    void fail(String name, String says) {
        put(name, Phase.FAILED, says);
    }

    void stall(String name) {
        put(name, Phase.STALLED, "no such image");
    }

    void delete(String name) {
        rounds.remove(name);
    }

    /** Goes on until nothing more is made, each round complete at once with the same score. */
    ExperimentPlan finish(double score) {
        ExperimentPlan plan = turn();
        while (!plan.settled()) {
            rounds.values().stream()
                    .filter(round -> round.underway() && !round.held())
                    .map(ChildRound::name)
                    .toList()
                    .forEach(name -> complete(name, score));
            plan = turn();
        }
        return plan;
    }

    private void put(String name, Phase phase, String says) {
        RoundFigures none = new RoundFigures(null, null, null, null);
        rounds.put(name, new ChildRound(name, phase, false, none, null, says == null ? "" : says));
    }

    private static JsonNode json(String text) {
        try {
            return ContractJson.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
