package io.viewal.worker.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.viewal.contract.ContractJson;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.contract.TrainParameters;
import io.viewal.worker.InvalidInputException;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The fields of a round's {@code training} as options of a command: {@code headLearningRateFactor} is
 * {@code --head-learning-rate-factor}. Names, types, defaults and bounds are those of {@link TrainParameters}, and what is
 * given is read as a round's YAML is.
 */
final class TrainingOptions implements IModelTransformer {

    /** What the options mean; fields of {@link TrainParameters} that are not among them speak of a cluster. */
    static final Map<String, String> MEANING = Map.ofEntries(
            Map.entry(
                    "mode", "How to pad, to scale the loss and to fill epochs; reference is the published code's way"),
            Map.entry("backbone", "Network below the segmentation head"),
            Map.entry("epochs", "Passes over the labeled frames"),
            Map.entry("batchSize", "Frames a step"),
            Map.entry("learningRate", "Learning rate of the backbone"),
            Map.entry("headLearningRateFactor", "Learning rate of ASPP and decoder relative to the backbone's"),
            Map.entry("momentum", "Momentum of SGD"),
            Map.entry("weightDecay", "L2 penalty"),
            Map.entry("milestones", "Epochs at which the learning rate falls tenfold, separated by commas"),
            Map.entry("validateEvery", "Epochs between validations; the best network by mean IoU is kept"),
            Map.entry(
                    "earlyStoppingPatience",
                    "Validations without a better mean IoU after which the training ends; 0: it never ends early"),
            Map.entry("augment", "Random flip and blur: true or false (true, in mode reference false)"),
            Map.entry("classWeights", "Weigh classes by the inverse square root of their frequency: true or false"),
            Map.entry("checkpointEvery", "Seconds between checkpoints"));

    @Override
    public CommandSpec transform(CommandSpec command) {
        JsonNode defaults =
                ContractJson.mapper().valueToTree(read(ContractJson.mapper().createObjectNode()));
        for (RecordComponent field : fields()) {
            command.addOption(option(field, defaults.get(field.getName())));
        }
        return command;
    }

    /**
     * What a command was given.
     *
     * @throws InvalidInputException when a number is out of its bounds; names the option
     */
    static TrainParameters of(CommandSpec command) {
        ObjectNode given = ContractJson.mapper().createObjectNode();
        for (RecordComponent field : fields()) {
            Object value = command.findOption(name(field)).getValue();
            if (value != null) {
                Bounds.require(field, name(field), value);
                given.set(field.getName(), ContractJson.mapper().valueToTree(value));
            }
        }
        return read(given);
    }

    /** The fields that are options, in the order of the record. */
    static List<RecordComponent> fields() {
        return Arrays.stream(TrainParameters.class.getRecordComponents())
                .filter(field -> MEANING.containsKey(field.getName()))
                .toList();
    }

    private static TrainParameters read(ObjectNode given) {
        try {
            return ContractJson.mapper().treeToValue(given, TrainParameters.class);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new InvalidInputException(Reason.InvalidRequest, "The training's options: " + e.getMessage(), e);
        }
    }

    private static OptionSpec option(RecordComponent field, JsonNode preset) {
        OptionSpec.Builder option = OptionSpec.builder(name(field))
                .paramLabel(label(field))
                .arity("1")
                .description(description(field, preset))
                .type(boxed(field.getType()));
        if (field.getType() == List.class) {
            option.auxiliaryTypes(Integer.class).splitRegex(",");
        }
        return option.build();
    }

    private static String description(RecordComponent field, JsonNode preset) {
        String meaning = MEANING.get(field.getName());
        String choices = field.getType().isEnum() ? ": ${COMPLETION-CANDIDATES}" : "";
        return meaning + choices + (preset == null || preset.isNull() ? "" : " (" + text(preset) + ")") + ".";
    }

    private static String text(JsonNode value) {
        return value.isNumber()
                ? Bounds.plain(value.asDouble())
                : value.toString().replaceAll("[\\[\\]\"]", "");
    }

    static String name(RecordComponent field) {
        return "--" + field.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static String label(RecordComponent field) {
        return switch (boxed(field.getType()).getSimpleName()) {
            case "Integer" -> "N";
            case "Double" -> "X";
            case "List" -> "N,N";
            case "Boolean" -> "BOOLEAN";
            default -> field.getName().toUpperCase(Locale.ROOT);
        };
    }

    private static Class<?> boxed(Class<?> type) {
        return type.isPrimitive() ? MethodType.methodType(type).wrap().returnType() : type;
    }
}
