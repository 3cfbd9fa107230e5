package io.viewal.worker.artifact;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import io.viewal.contract.ContractJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** {@code metrics.json} of a training: where it began and ended, the figures of both splits and their confusion matrices. */
public final class MetricsJson {

    private static final ObjectReader READER =
            ContractJson.mapper().readerFor(Content.class).without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private MetricsJson() {}

    /**
     * The file's content.
     *
     * @param start the file of the weights that the training began with, or that they were random; may be null
     * @param bestEpoch whose weights were kept, from 1
     * @param epochsDone epochs trained
     * @param epochs epochs asked for
     * @param stoppedEarly true when early stopping ended the training
     * @param validation figures of the weights kept; null without a validation split
     * @param test likewise of the test split
     * @param classes names by id: the rows and columns of the matrices
     * @param validationConfusion pixels [truth, prediction]; zero without a validation split
     * @param testConfusion likewise of the test split
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Content(
            String start,
            int bestEpoch,
            int epochsDone,
            int epochs,
            boolean stoppedEarly,
            Figures validation,
            Figures test,
            List<String> classes,
            long[][] validationConfusion,
            long[][] testConfusion) {}

    /** Figures from 0 to 1; NaN where no pixel has a label. */
    public record Figures(
            double accuracy, double classAccuracy, double meanIoU, double frequencyWeightedIoU, double[] classIoU) {}

    /** The file's text. */
    public static byte[] write(Content content) {
        return ContractJson.toBytes(content);
    }

    /** Reads the file; empty when it says something else, as that of a trainer of one's own may. */
    public static Optional<Content> read(byte[] json) {
        try {
            return Optional.of(READER.readValue(json));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
