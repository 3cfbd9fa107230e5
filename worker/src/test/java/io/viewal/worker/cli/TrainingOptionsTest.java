package io.viewal.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viewal.contract.ContractJson;
import io.viewal.contract.TrainParameters;
import io.viewal.worker.InvalidInputException;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

class TrainingOptionsTest {

    /** Fields that speak of a store or a cluster, in whose place the command has options of its own. */
    private static final Set<String> OF_THE_CLUSTER = Set.of("pretrained", "image", "start", "fullSupervision");

    @Command(name = "fit", modelTransformer = TrainingOptions.class)
    private static final class Fit {}

    @Test
    void everyFieldOfATrainingIsAnOptionOrSpeaksOfACluster() {
        List<String> fields = Arrays.stream(TrainParameters.class.getRecordComponents())
                .map(RecordComponent::getName)
                .filter(field -> !OF_THE_CLUSTER.contains(field))
                .toList();
        assertThat(TrainingOptions.MEANING.keySet()).containsExactlyInAnyOrderElementsOf(fields);
    }

    @Test
    void nothingGivenIsWhatARoundHasThatSaysNothing() throws IOException {
        assertThat(parsed()).isEqualTo(ContractJson.mapper().readValue("{}", TrainParameters.class));
    }

    @Test
    void whatIsGivenIsWhatTheSameFieldsOfARoundSay() throws IOException {
        assertThat(parsed(
                        "--epochs",
                        "7",
                        "--head-learning-rate-factor",
                        "2.5",
                        "--milestones",
                        "3,5",
                        "--augment",
                        "false",
                        "--class-weights",
                        "true",
                        "--weight-decay",
                        "0.001"))
                .isEqualTo(ContractJson.mapper().readValue("""
                                {"epochs": 7, "headLearningRateFactor": 2.5, "milestones": [3, 5], "augment": false,
                                 "classWeights": true, "weightDecay": 0.001}""", TrainParameters.class));
    }

    @Test
    void theHelpTellsTheDefaults() {
        assertThat(new CommandLine(new Fit()).getUsageMessage())
                .contains("--learning-rate=X", "(0.0004)", "--milestones", "(35)", "--epochs=N", "(50)");
    }

    @Test
    void numbersOutsideTheirBoundsAreNamedWithThem() {
        assertThatThrownBy(() -> parsed("--epochs", "0"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("--epochs is 0, expected a number from 1 to 10000");
        assertThatThrownBy(() -> parsed("--learning-rate", "0"))
                .hasMessage("--learning-rate is 0.0, expected a number above 0 to 10");
        assertThatThrownBy(() -> parsed("--momentum", "1"))
                .hasMessage("--momentum is 1.0, expected a number from 0 and below 1");
        assertThatThrownBy(() -> parsed("--milestones", "5,0"))
                .hasMessage("--milestones is 0, expected a number from 1 to 10000");
        assertThatThrownBy(() -> parsed("--weight-decay", "NaN")).hasMessageContaining("--weight-decay is NaN");
        assertThat(parsed("--momentum", "0", "--weight-decay", "0").momentum()).isZero();
    }

    private static TrainParameters parsed(String... arguments) {
        CommandLine line = new CommandLine(new Fit());
        line.parseArgs(arguments);
        CommandSpec spec = line.getCommandSpec();
        return TrainingOptions.of(spec);
    }
}
