package io.viewal.worker.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.viewal.contract.DatasetDeclaration;
import io.viewal.contract.ExperimentDeclaration;
import io.viewal.contract.ExperimentRun;
import io.viewal.contract.PlannedRound;
import io.viewal.contract.RoundDeclaration;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.PlainText;
import io.viewal.worker.acquisition.Strategies;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The data sets, rounds and experiments of a YAML file, in its order; documents of other kinds are left out.
 *
 * @param datasets by name
 * @param rounds by name
 * @param experiments by name
 */
record RoundFile(
        Map<String, DatasetDeclaration> datasets,
        Map<String, RoundDeclaration> rounds,
        Map<String, ExperimentDeclaration> experiments) {

    /**
     * Reads a file.
     *
     * @throws InvalidInputException when it can't be read; names the document and the field
     */
    static RoundFile read(Path file) {
        Map<String, DatasetDeclaration> datasets = new LinkedHashMap<>();
        Map<String, RoundDeclaration> rounds = new LinkedHashMap<>();
        Map<String, ExperimentDeclaration> experiments = new LinkedHashMap<>();
        int document = 1;
        try {
            for (JsonNode resource : DeclaredYaml.documents(PlainText.read(file))) {
                switch (DeclaredYaml.kind(resource)) {
                    case "MultiViewDataset" -> put(datasets, resource, dataset(resource));
                    case "ActiveLearningRound" -> put(rounds, resource, round(resource));
                    case "ActiveLearningExperiment" -> put(experiments, resource, experiment(resource));
                    default -> {
                        // Classes, namespaces and the like are the cluster's.
                    }
                }
                document++;
            }
        } catch (JsonMappingException e) {
            throw invalid(file, document, DeclaredYaml.problem(e), e);
        } catch (JsonProcessingException e) {
            throw invalid(file, document, DeclaredYaml.problem(e), e);
        } catch (InvalidInputException e) {
            throw e.getMessage().startsWith(file.toString()) || e.getMessage().startsWith("There is no file")
                    ? e
                    : invalid(file, document, e.getMessage(), e);
        } catch (IOException | IllegalArgumentException e) {
            throw invalid(file, document, e.getMessage(), e);
        }
        if (rounds.isEmpty() && datasets.isEmpty() && experiments.isEmpty()) {
            throw new InvalidInputException(
                    Reason.InvalidRequest,
                    file + " declares no ActiveLearningExperiment, no ActiveLearningRound and no MultiViewDataset");
        }
        return new RoundFile(datasets, rounds, experiments);
    }

    private static <T> void put(Map<String, T> declared, JsonNode resource, T declaration) {
        if (declared.putIfAbsent(name(resource), declaration) != null) {
            throw new IllegalArgumentException(
                    resource.path("kind").asText() + " '" + name(resource) + "' is declared twice");
        }
    }

    private static DatasetDeclaration dataset(JsonNode resource) throws IOException {
        name(resource);
        return DeclaredYaml.spec(resource, DatasetDeclaration.class);
    }

    private static String name(JsonNode resource) {
        String name = resource.at("/metadata/name").asText("");
        if (name.isEmpty()) {
            throw new IllegalArgumentException("metadata.name is missing");
        }
        return name;
    }

    /** What a stage would refuse is refused before the first one. */
    private static RoundDeclaration round(JsonNode resource) throws IOException {
        name(resource);
        RoundDeclaration round = DeclaredYaml.spec(resource, RoundDeclaration.class);
        require(resource, "/spec/dataset");
        Strategies.named(round.strategy());
        Bounds.require(round.training(), "spec.training.");
        if (round.selection() != null) {
            require(resource, "/spec/selection/budget/amount");
            double amount = round.selection().budget().amount();
            if (!(amount > 0 && Double.isFinite(amount))) {
                throw new IllegalArgumentException(
                        "spec.selection.budget.amount is " + amount + ", expected a number above 0");
            }
        }
        return round;
    }

    /** An experiment all of whose rounds can be read, so that none of them is found wrong after hours. */
    private static ExperimentDeclaration experiment(JsonNode resource) throws IOException {
        name(resource);
        ExperimentDeclaration experiment = DeclaredYaml.spec(resource, ExperimentDeclaration.class);
        require(resource, "/spec/dataset");
        require(resource, "/spec/template/selection/budget/amount");
        experiment.allArms().forEach(arm -> Strategies.named(arm.strategy()));
        for (ExperimentRun run : experiment.runs(name(resource))) {
            try {
                run.rounds().forEach(PlannedRound::declaration);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "spec.template, or what the arm '" + run.arm() + "' overrides: "
                                + (e.getCause() instanceof JsonMappingException cause
                                        ? DeclaredYaml.field(cause) + ": " + cause.getOriginalMessage()
                                        : e.getMessage()),
                        e);
            }
        }
        return experiment;
    }

    private static void require(JsonNode resource, String field) {
        if (resource.at(field).isMissingNode()) {
            throw new IllegalArgumentException(field.substring(1).replace('/', '.') + " is missing");
        }
    }

    private static InvalidInputException invalid(Path file, int document, String what, Exception cause) {
        return new InvalidInputException(Reason.InvalidRequest, file + ", document " + document + ": " + what, cause);
    }
}
