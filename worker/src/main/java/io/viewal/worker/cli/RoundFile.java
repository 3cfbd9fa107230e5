package io.viewal.worker.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.viewal.contract.ContractJson;
import io.viewal.contract.DatasetDeclaration;
import io.viewal.contract.ExperimentDeclaration;
import io.viewal.contract.ExperimentRun;
import io.viewal.contract.PlannedRound;
import io.viewal.contract.RoundDeclaration;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.acquisition.Strategies;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

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

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /**
     * Reads a file.
     *
     * @throws InvalidInputException when it can't be read; names the document and the field
     */
    static RoundFile read(Path file) {
        Map<String, DatasetDeclaration> datasets = new LinkedHashMap<>();
        Map<String, RoundDeclaration> rounds = new LinkedHashMap<>();
        Map<String, ExperimentDeclaration> experiments = new LinkedHashMap<>();
        int document = 0;
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(file.toFile())) {
            while (documents.hasNext()) {
                document++;
                JsonNode resource = documents.next();
                switch (resource.path("kind").asText()) {
                    case "MultiViewDataset" -> datasets.put(name(resource), spec(resource, DatasetDeclaration.class));
                    case "ActiveLearningRound" -> rounds.put(name(resource), round(resource));
                    case "ActiveLearningExperiment" -> experiments.put(name(resource), experiment(resource));
                    default -> {
                        // Classes, namespaces and the like are the cluster's.
                    }
                }
            }
        } catch (JsonMappingException e) {
            throw invalid(file, document, "spec." + field(e) + ": " + e.getOriginalMessage(), e);
        } catch (JsonProcessingException e) {
            throw invalid(file, document, e.getMessage(), e);
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

    private static String name(JsonNode resource) {
        String name = resource.at("/metadata/name").asText("");
        if (name.isEmpty()) {
            throw new IllegalArgumentException("metadata.name is missing");
        }
        return name;
    }

    private static RoundDeclaration round(JsonNode resource) throws JsonProcessingException {
        RoundDeclaration round = spec(resource, RoundDeclaration.class);
        require(resource, "/spec/dataset");
        if (round.selection() != null) {
            require(resource, "/spec/selection/budget/amount");
        }
        return round;
    }

    /** An experiment all of whose rounds can be read, so that none of them is found wrong after hours. */
    private static ExperimentDeclaration experiment(JsonNode resource) throws JsonProcessingException {
        ExperimentDeclaration experiment = spec(resource, ExperimentDeclaration.class);
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
                                        ? field(cause) + ": " + cause.getOriginalMessage()
                                        : e.getMessage()),
                        e);
            }
        }
        return experiment;
    }

    private static String field(JsonMappingException e) {
        return e.getPath().stream()
                .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : r.getFieldName())
                .collect(Collectors.joining("."));
    }

    private static void require(JsonNode resource, String field) {
        if (resource.at(field).isMissingNode()) {
            throw new IllegalArgumentException(field.substring(1).replace('/', '.') + " is missing");
        }
    }

    private static <T> T spec(JsonNode resource, Class<T> type) throws JsonProcessingException {
        return ContractJson.mapper().treeToValue(resource.path("spec"), type);
    }

    private static InvalidInputException invalid(Path file, int document, String what, Exception cause) {
        return new InvalidInputException(Reason.InvalidRequest, file + ", document " + document + ": " + what, cause);
    }
}
