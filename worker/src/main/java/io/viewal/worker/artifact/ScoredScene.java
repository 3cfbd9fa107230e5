package io.viewal.worker.artifact;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.viewal.contract.ContractJson;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.ImageSize;
import java.util.List;

/**
 * {@code scene.json} beside the scores of one scene in a folder: what was scored and how. Written last, so that a folder
 * with this file is whole.
 *
 * @param version of this format, {@value #VERSION}
 * @param scene its name
 * @param classes how many classes its predictions tell apart
 * @param frames names, in the order of {@code overlap.bin}
 * @param strategy that scored
 * @param mode {@code corrected} or {@code reference}
 * @param distanceThreshold in metres
 */
public record ScoredScene(
        int version,
        String scene,
        int width,
        int height,
        int classes,
        List<String> frames,
        String strategy,
        String mode,
        double distanceThreshold) {

    public static final int VERSION = 2;

    /** Name of the file. */
    public static final String FILE = "scene.json";

    public ScoredScene {
        if (version != VERSION) {
            throw new IllegalArgumentException("version " + version + ", this program reads " + VERSION);
        }
        frames = List.copyOf(frames);
    }

    /** The size of every frame. */
    @JsonIgnore
    public ImageSize size() {
        return new ImageSize(width, height);
    }

    /** The file's content. */
    public byte[] toBytes() {
        return ContractJson.toBytes(this);
    }

    /**
     * Reads the file's content.
     *
     * @throws InvalidInputException when it is not such a file of this version
     */
    public static ScoredScene read(byte[] json) {
        try {
            return ContractJson.read(json, ScoredScene.class);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(
                    Reason.CorruptArtifact, FILE + " can't be read (" + e.getMessage() + "): score the scene again", e);
        }
    }
}
