package io.viewal.worker.cli;

import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.artifact.ScoredScene;
import io.viewal.worker.artifact.ScoresIndex;
import io.viewal.worker.artifact.SuperpixelScoresCsv;
import io.viewal.worker.npy.NpyFile;
import io.viewal.worker.selection.OverlapIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A folder that {@link ScoreFiles} wrote. */
record ScoredFolder(Path folder, ScoredScene description) {

    /**
     * Opens a folder.
     *
     * @throws InvalidInputException when it holds no scores
     */
    static ScoredFolder open(Path folder) throws IOException {
        for (String name : List.of(ScoredScene.FILE, ScoresIndex.SUPERPIXEL_SCORES, ScoreFiles.OVERLAP)) {
            if (!Files.isRegularFile(folder.resolve(name))) {
                throw new InvalidInputException(
                        Reason.InvalidRequest,
                        folder + " has no " + name + ": expected a folder that 'viewal score' wrote to the end");
            }
        }
        return new ScoredFolder(folder, ScoredScene.read(Files.readAllBytes(folder.resolve(ScoredScene.FILE))));
    }

    /** The scored regions, in frame and superpixel order. */
    List<SuperpixelScoresCsv.Row> rows() throws IOException {
        return SuperpixelScoresCsv.read(Files.readString(folder.resolve(ScoresIndex.SUPERPIXEL_SCORES)));
    }

    OverlapIndex overlaps() throws IOException {
        return OverlapIndex.read(folder.resolve(ScoreFiles.OVERLAP));
    }

    /**
     * The features of the frames: float32 [frames, features].
     *
     * @throws InvalidInputException when there are none
     */
    NpyFile features() throws IOException {
        Path file = folder.resolve(ScoresIndex.FEATURES);
        if (!Files.isRegularFile(file)) {
            throw new InvalidInputException(
                    Reason.InvalidRequest,
                    folder + " has no " + ScoresIndex.FEATURES + ": score the scene again, with --features");
        }
        return NpyFile.open(file);
    }

    /** True when both were scored in the same way, so that their scores can be compared. */
    boolean sameKind(ScoredFolder other) {
        ScoredScene a = description;
        ScoredScene b = other.description;
        return a.size().equals(b.size())
                && a.strategy().equals(b.strategy())
                && a.mode().equals(b.mode())
                && a.distanceThreshold() == b.distanceThreshold();
    }
}
