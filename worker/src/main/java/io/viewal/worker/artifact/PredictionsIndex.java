package io.viewal.worker.artifact;

import io.viewal.contract.ContractJson;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.DatasetManifest.FileEntry;
import java.util.Map;

/**
 * {@code predictions.json}: where a trainer of one's own left what it predicts for the frames of the train split. Each file
 * is {@code .npy}, float16 or float32 [classes, height, width] at the data set's size, every pixel's numbers summing to one.
 *
 * @param version of this format, {@value #VERSION}
 * @param passes how many dropout passes each prediction is the mean of; 1: without dropout
 * @param scenes by name: the files of a scene's frames, by the frame's name; their names are relative to this file
 */
public record PredictionsIndex(int version, int passes, Map<String, Map<String, FileEntry>> scenes) {

    public static final int VERSION = 1;

    public PredictionsIndex {
        if (version != VERSION) {
            throw new IllegalArgumentException("version " + version + ", this worker reads " + VERSION);
        }
        if (passes < 1) {
            throw new IllegalArgumentException("passes " + passes + ", expected 1 or more");
        }
        if (scenes == null) {
            throw new IllegalArgumentException("no 'scenes'");
        }
        scenes = Map.copyOf(scenes);
    }

    /**
     * The file of a frame.
     *
     * @throws InvalidInputException when the list has none
     */
    public FileEntry frame(String scene, String frame) {
        FileEntry entry = scenes.getOrDefault(scene, Map.of()).get(frame);
        if (entry == null) {
            throw new InvalidInputException(
                    Reason.InvalidDataset,
                    "The trainer's list of predictions names no file for frame '" + frame + "' of scene '" + scene
                            + "': a trainer predicts every frame of the train split");
        }
        return entry;
    }

    /**
     * Reads the file's content.
     *
     * @throws InvalidInputException (CorruptArtifact) when it is not such a file of this version
     */
    public static PredictionsIndex read(byte[] json) {
        try {
            return ContractJson.read(json, PredictionsIndex.class);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(
                    Reason.CorruptArtifact,
                    "The trainer's list of predictions can't be read (" + e.getMessage() + "): see own-trainer.md",
                    e);
        }
    }
}
