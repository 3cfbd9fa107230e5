package io.viewal.worker.artifact;

import io.viewal.contract.ContractJson;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.DatasetManifest.FileEntry;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code scores-….json}: the scenes that a shard of SCORE scored and their files, named relative to this one.
 *
 * @param version of this format, {@value #VERSION}
 * @param strategy that scored
 * @param scenes in name order
 */
public record ScoresIndex(int version, String strategy, List<Scene> scenes) {

    public static final int VERSION = 2;

    /** float32 [frames, height, width], bits. */
    public static final String VIEW_ENTROPY = "view-entropy.npy";

    /** float32 [frames, height, width], bits. */
    public static final String VIEW_DIVERGENCE = "view-divergence.npy";

    /** uint8 [frames, height, width], the most probable class. */
    public static final String PREDICTION = "prediction.npy";

    /** float32 [frames, height, width], bits; for strategies that look at votes. */
    public static final String VOTE_ENTROPY = "vote-entropy.npy";

    /** float32 [frames, features]; for strategies that compare features. */
    public static final String FEATURES = "features.npy";

    /** uint8 [frames, height, width], class ids, 255 = none; of strategies that label by themselves. */
    public static final String PSEUDO_LABELS = "pseudo-labels.npy";

    /** See {@link SuperpixelScoresCsv}. */
    public static final String SUPERPIXEL_SCORES = "superpixel-scores.csv";

    public ScoresIndex {
        if (version != VERSION) {
            throw new IllegalArgumentException("version " + version + ", this worker reads " + VERSION);
        }
        scenes = List.copyOf(scenes);
    }

    /**
     * The files of a scene.
     *
     * @param frames names, in the order of the arrays
     * @param files by their name in the scene's folder
     */
    public record Scene(String name, List<String> frames, Map<String, FileEntry> files) {
        public Scene {
            frames = List.copyOf(frames);
            files = Collections.unmodifiableMap(new TreeMap<>(files));
        }
    }

    /** The file's content. */
    public byte[] toBytes() {
        return ContractJson.toBytes(this);
    }

    /**
     * Reads the file's content.
     *
     * @throws InvalidInputException (CorruptArtifact) when it is not such a file of this version
     */
    public static ScoresIndex read(byte[] json) {
        try {
            return ContractJson.read(json, ScoresIndex.class);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(
                    Reason.CorruptArtifact,
                    "The list of scores can't be read (" + e.getMessage() + "): score the scenes again",
                    e);
        }
    }
}
