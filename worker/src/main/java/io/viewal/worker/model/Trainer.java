package io.viewal.worker.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/** Trains a segmentation network; goes on from the last checkpoint if there is one. */
public final class Trainer {

    private final Path scratch;
    private final CheckpointStore checkpoints;
    private final TrainingListener listener;
    private final BooleanSupplier stop;

    /**
     * @param scratch a folder for checkpoints and the model; must exist
     * @param stop asked after every iteration; once true, the state is saved and the training ends
     */
    public Trainer(Path scratch, CheckpointStore checkpoints, TrainingListener listener, BooleanSupplier stop) {
        this.scratch = scratch;
        this.checkpoints = checkpoints;
        this.listener = listener;
        this.stop = stop;
    }

    /**
     * Trains to the end.
     *
     * @return the model, written to {@code model.safetensors} in the scratch folder
     * @throws TrainingStoppedException when {@code stop} turned true; the checkpoint is saved
     * @throws io.viewal.worker.InvalidInputException InvalidDataset (no labeled pixel), InvalidLabels (an id outside the
     *     classes), InvalidWeights (pretrained weights don't fit), TrainingDiverged (the loss is not a number)
     */
    public TrainedModel train(TrainingJob job) throws IOException {
        throw new UnsupportedOperationException("not yet");
    }
}
