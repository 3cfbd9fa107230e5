package io.viewal.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viewal.contract.ExperimentRounds.Arm;
import io.viewal.contract.ExperimentRounds.Outcome;
import io.viewal.contract.ExperimentRounds.Role;
import io.viewal.contract.ExperimentRounds.Round;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExperimentRequestsTest {

    private static final ExperimentRequests REQUESTS = new ExperimentRequests(
            new Owner("ActiveLearningExperiment", "demo", "rooms", "0a1b2c3d-4e5f"),
            new StoreLocation("http://store:9000", "viewal", "runs", ""));

    private static final Arm VIEWAL = new Arm("viewal", "ViewAL", Role.Compared, null);

    private static Round round(int number, int results) {
        Map<Stage, List<ArtifactRef>> trained =
                results == 0 ? Map.of() : Map.of(Stage.TRAIN, List.of(new ArtifactRef("runs/result.json", 9L, "ab")));
        return new Round("viewal", 1, number, "rooms-viewal-1-" + number, Outcome.Complete, null, trained);
    }

    private static ExperimentRounds rounds(Round... rounds) {
        return new ExperimentRounds(ExperimentRounds.VERSION, "rooms", List.of(VIEWAL), List.of(rounds));
    }

    @Test
    void roundsLieByTheirContentAndTheNewestComesLast() {
        ArtifactRef first = REQUESTS.artifact(rounds(round(0, 1)));
        ArtifactRef second = REQUESTS.artifact(rounds(round(0, 1), round(1, 1)));
        assertThat(first.key())
                .startsWith("runs/demo/experiments/rooms-0a1b2c3d/rounds-00000001-")
                .endsWith(first.sha256() + ".json")
                .isLessThan(second.key());
        assertThat(first.sha256()).isEqualTo(ContractJson.sha256(ContractJson.toBytes(rounds(round(0, 1)))));
    }

    @Test
    void aReportIsAskedForByWhatItIsMadeOf() {
        ArtifactRef rounds = REQUESTS.artifact(rounds(round(0, 1)));
        StageRequest request = REQUESTS.report(ReportParametersBuilder.builder().build(), rounds);
        assertThat(request.stage()).isEqualTo(Stage.REPORT);
        assertThat(request.inputs()).containsExactly(Map.entry(ExperimentRequests.ROUNDS, rounds));
        assertThat(ContractJson.readRequest(ContractJson.toBytes(request))).isEqualTo(request);
        assertThat(request.parameters()).isEqualTo(new ReportParameters(0.95, 10_000));
    }

    @Test
    void roundsAreReadBackAsTheyWereWritten() {
        ExperimentRounds rounds = rounds(round(0, 1), round(1, 0));
        assertThat(ContractJson.read(ContractJson.toBytes(rounds), ExperimentRounds.class))
                .isEqualTo(rounds);
    }

    @Test
    void refusesRoundsThatAreOfNoArmOrThereTwice() {
        assertThatThrownBy(() -> rounds(round(0, 1), round(0, 0))).hasMessageContainingAll("Round 0", "twice");
        assertThatThrownBy(() -> rounds(new Round("other", 1, 0, "x", Outcome.Complete, null, Map.of())))
                .hasMessageContaining("'other', expected one of [viewal]");
        Arm control = new Arm("control", "Random", Role.Control, null);
        Arm another = new Arm("another", "Random", Role.Control, null);
        assertThatThrownBy(() -> new ExperimentRounds(1, "rooms", List.of(control, another), List.of()))
                .hasMessageContaining("two arms with the role Control");
        assertThatThrownBy(() -> new ExperimentRounds(1, "rooms", List.of(control, control), List.of()))
                .hasMessageContaining("two arms of one name");
    }
}
