package io.viewal.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExperimentRunTest {

    private static final String SPEC = """
            {"dataset": "rooms", "rounds": 2, "seeds": {"count": 2},
             "arms": [{"name": "viewal", "strategy": "ViewAL", "overrides": {"scoring": {"passes": 5}}},
                      {"name": "random", "strategy": "Random"}],
             "template": {"training": {"epochs": 3}, "scoring": {"passes": 2, "shards": 2},
                          "selection": {"budget": {"amount": 2}}}}""";

    private static ExperimentDeclaration read(String spec) throws Exception {
        return ContractJson.mapper().readValue(spec, ExperimentDeclaration.class);
    }

    private static ExperimentDeclaration with(String fields) throws Exception {
        ObjectNode spec = (ObjectNode) ContractJson.mapper().readTree(SPEC);
        spec.setAll((ObjectNode) ContractJson.mapper().readTree(fields));
        return ContractJson.mapper().treeToValue(spec, ExperimentDeclaration.class);
    }

    private static ExperimentRun run(ExperimentDeclaration experiment, String arm) {
        return experiment.runs("rooms").stream()
                .filter(run -> run.arm().equals(arm))
                .findFirst()
                .orElseThrow();
    }

    private static RoundFigures scored(double score) {
        return new RoundFigures(score, 0.1, 100L, 300.0);
    }

    @Test
    void hasARunForEachArmAndSeedAndAControlArmUnlessItIsDeclined() throws Exception {
        assertThat(read(SPEC).runs("rooms"))
                .extracting(run -> run.arm() + run.seed())
                .containsExactly("viewal0", "random0", "control0", "viewal1", "random1", "control1");
        assertThat(with("{\"control\": \"None\", \"seeds\": {\"list\": [7, 3]}}")
                        .runs("rooms"))
                .extracting(run -> run.arm() + run.seed())
                .containsExactly("viewal7", "random7", "viewal3", "random3");
        assertThat(run(read(SPEC), "control").labels(0).spec().get("strategy").asText())
                .isEqualTo("ForegroundRandom66");
    }

    @Test
    void chainsItsRoundsAndMeasuresTheLastLabels() throws Exception {
        List<PlannedRound> rounds = run(read(SPEC), "random").rounds();
        assertThat(rounds)
                .extracting(PlannedRound::name)
                .containsExactly("rooms-random-s0-r0", "rooms-random-s0-r1", "rooms-random-s0-m2");
        assertThat(rounds)
                .extracting(round -> round.spec().path("previousRound").asText())
                .containsExactly("", "rooms-random-s0-r0", "rooms-random-s0-r1");
        assertThat(rounds).extracting(round -> round.spec().has("selection")).containsExactly(true, true, false);
    }

    @Test
    void overridesTheTemplateFieldByField() throws Exception {
        RoundDeclaration round = run(read(SPEC), "viewal").labels(1).declaration();
        assertThat(round.scoring().passes()).isEqualTo(5);
        assertThat(round.scoring().shards()).isEqualTo(2);
        assertThat(round.training().epochs()).isEqualTo(3);
        assertThat(round.seed()).isZero();
        assertThat(round.strategy()).isEqualTo("ViewAL");
    }

    @Test
    void firstRoundsOfAllArmsAskForTheSameTraining() throws Exception {
        List<TrainParameters> trainings = read(SPEC).runs("rooms").stream()
                .map(run -> run.labels(0).declaration().trainParameters())
                .distinct()
                .toList();
        assertThat(trainings).hasSize(1);
    }

    @Test
    void theFirstRoundOfARunHasNoModelToGoOnFrom() throws Exception {
        ExperimentRun run = run(with("{\"template\": {\"training\": {\"start\": \"PreviousRound\"}}}"), "random");
        assertThat(run.labels(0).spec().at("/training/start").isMissingNode()).isTrue();
        assertThat(run.labels(1).spec().at("/training/start").asText()).isEqualTo("PreviousRound");
    }

    @Test
    void theReferenceIsOneTrainingOnAllLabelsASeedAndComesFirst() throws Exception {
        List<ExperimentRun> runs = with("{\"reference\": \"FullSupervision\"}").runs("rooms");
        assertThat(runs).filteredOn(ExperimentRun::isReference).hasSize(2);
        PlannedRound round = runs.getFirst().next(List.of(), Optional.empty());
        assertThat(round.name()).isEqualTo("rooms-reference-s0-m0");
        assertThat(round.measures()).isTrue();
        assertThat(round.spec().at("/labels/source").asText()).isEqualTo("FullSupervision");
        assertThat(runs.getFirst().rounds()).containsExactly(round);
    }

    @Test
    void goesOnUntilItsLastRoundIsMeasured() throws Exception {
        ExperimentRun run = run(read(SPEC), "random");
        List<RoundFigures> labeled = new ArrayList<>();
        List<String> names = new ArrayList<>();
        PlannedRound round;
        do {
            round = run.next(labeled, Optional.empty());
            names.add(round.name());
            labeled.add(scored(0.5));
        } while (!round.measures());
        assertThat(names).containsExactly("rooms-random-s0-r0", "rooms-random-s0-r1", "rooms-random-s0-m2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{labeledFraction: 0.1}              | labeledFraction is 0.1 of 0.1",
                "{labeledFraction: 0.2}              | ''",
                "{clicks: 90}                        | clicks is 100 of 90",
                "{seconds: 300}                      | seconds is 300.0 of 300.0",
                "{shareOfReference: 0.8}             | shareOfReference is 0.83333 of 0.8",
                "{shareOfReference: 0.9}             | ''",
                "{plateau: {window: 2}}              | no score of the last 2 rounds is more than 0.005 above",
                "{plateau: {window: 2, delta: 0.001}}| ''",
                "{plateau: {window: 3}}              | ''",
                "{}                                  | ''"
            })
    void aRuleEndsTheLabelingAndTheLastLabelsAreMeasured(String rules, String words) throws Exception {
        String json = rules.replaceAll("(\\w+):", "\"$1\":");
        ExperimentRun run =
                run(with("{\"rounds\": 9, \"reference\": \"FullSupervision\", \"stop\": " + json + "}"), "random");
        List<RoundFigures> labeled = List.of(scored(0.498), scored(0.5), scored(0.5));
        assertThat(run.stopped(labeled, Optional.of(0.6)).orElse("")).startsWith(words);
        assertThat(run.next(labeled, Optional.of(0.6)).name())
                .isEqualTo(words.isEmpty() ? "rooms-random-s0-r3" : "rooms-random-s0-m3");
    }

    @Test
    void anArmsOwnRuleComesBeforeTheExperiments() throws Exception {
        ExperimentDeclaration experiment = with("""
                {"stop": {"clicks": 50, "seconds": 1000},
                 "arms": [{"name": "long", "stop": {"clicks": 5000}}, {"name": "short"}]}""");
        assertThat(run(experiment, "long").stopped(List.of(scored(0.5)), Optional.empty()))
                .isEmpty();
        assertThat(run(experiment, "long").stop().seconds()).isEqualTo(1000);
        assertThat(run(experiment, "short").stopped(List.of(scored(0.5)), Optional.empty()))
                .contains("clicks is 100 of 50");
    }

    @Test
    void namesFitWhateverTheExperimentIsCalled() throws Exception {
        ExperimentDeclaration experiment = with("""
                {"rounds": 100, "seeds": {"list": [2147483647]},
                 "arms": [{"name": "an-arm-with-a-long-name1"}, {"name": "b"}]}""");
        List<String> names = experiment.runs("e".repeat(63)).stream()
                .flatMap(run -> run.rounds().stream())
                .map(PlannedRound::name)
                .toList();
        assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.length() <= 63);
        assertThat(names.getFirst()).matches("e{12}-[0-9a-f]{8}-an-arm-with-a-long-name1-s2147483647-r0");
        assertThat(experiment.runs("e".repeat(62)).getFirst().labels(0).name()).isNotEqualTo(names.getFirst());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"rounds\": 0}                                             | has at least one",
                "{\"seeds\": {\"count\": 0}}                                 | needs at least one seed",
                "{\"seeds\": {\"list\": []}}                                 | needs at least one seed",
                "{\"seeds\": {\"list\": [1, 1]}}                             | give each seed once",
                "{\"seeds\": {\"count\": 1, \"list\": [1]}}                  | has a count or a list",
                "{\"seeds\": null}                                           | seeds is missing",
                "{\"arms\": [], \"control\": \"None\"}                       | nothing to run",
                "{\"arms\": [{\"name\": \"a\"}, {\"name\": \"a\"}]}          | The arm name 'a' is taken",
                "{\"arms\": [{\"name\": \"An Arm\"}]}                        | arm is called 'An Arm'",
                "{\"arms\": [{\"name\": \"control\"}]}                       | 'control' is taken",
                "{\"arms\": [{\"name\": \"a\", \"overrides\": {\"seed\": 1}}]} | can't override 'seed'",
                "{\"stop\": {\"shareOfReference\": 0.9}}                     | add 'reference: FullSupervision'",
                "{\"stop\": {\"plateau\": {\"window\": 2}}}                  | can never be met in 2"
            })
    void saysWhatIsWrongWithAnExperiment(String fields, String words) {
        assertThatThrownBy(() -> with(fields)).hasMessageContaining(words);
    }
}
