package io.viewal.worker.artifact;

import io.viewal.contract.ContractJson;
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

    public static final int VERSION = 1;

    /** float32 [frames, height, width], bits. */
    public static final String VIEW_ENTROPY = "view-entropy.npy";

    /** float32 [frames, height, width], bits. */
    public static final String VIEW_DIVERGENCE = "view-divergence.npy";

    /** uint8 [frames, height, width], the most probable class. */
    public static final String PREDICTION = "prediction.npy";

    /** See {@link SuperpixelScoresCsv}. */
    public static final String SUPERPIXEL_SCORES = "superpixel-scores.csv";

    public ScoresIndex {
        scenes = List.copyOf(scenes);
    }

    /**
     * The files of a scene.
     *
     * @param files by their name in the scene's folder
     */
    public record Scene(String name, Map<String, FileEntry> files) {
        public Scene {
            files = Collections.unmodifiableMap(new TreeMap<>(files));
        }
    }

    /** The file's content. */
    public byte[] toBytes() {
        return ContractJson.toBytes(this);
    }

    /** Reads the file's content. */
    public static ScoresIndex read(byte[] json) {
        return ContractJson.read(json, ScoresIndex.class);
    }
}
