package io.viewal.worker.model;

import java.nio.file.Path;

/**
 * A finished training.
 *
 * @param file the weights kept, as {@code model.safetensors}; equal jobs make equal bytes on a CPU
 * @param report history and metrics
 * @param validationConfusion empty counts without a validation set
 * @param testConfusion empty counts without a test set
 */
public record TrainedModel(
        Path file, TrainingReport report, ConfusionMatrix validationConfusion, ConfusionMatrix testConfusion) {}
