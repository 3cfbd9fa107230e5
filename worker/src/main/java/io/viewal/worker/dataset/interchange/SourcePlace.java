package io.viewal.worker.dataset.interchange;

import io.viewal.contract.StageFailure;
import io.viewal.worker.InvalidInputException;

/**
 * What an error message points at.
 *
 * @param source the data set's source as its user wrote it
 * @param scene name of the scene
 * @param frame name of the frame; null: the scene as a whole
 * @param file path in the scene's folder; null: no certain file
 */
record SourcePlace(String source, String scene, String frame, String file) {

    SourcePlace(String source, String scene) {
        this(source, scene, null, null);
    }

    SourcePlace frame(String name) {
        return new SourcePlace(source, scene, name, file);
    }

    SourcePlace file(String path) {
        return new SourcePlace(source, scene, frame, path);
    }

    /** The exception for a data set that breaks a rule. */
    InvalidInputException invalid(String problem) {
        return new InvalidInputException(StageFailure.Reason.InvalidDataset, describe(problem));
    }

    InvalidInputException invalid(String problem, Exception cause) {
        return new InvalidInputException(StageFailure.Reason.InvalidDataset, describe(problem), cause);
    }

    /** The exception for labels outside the class list. */
    InvalidInputException invalidLabels(String problem) {
        return new InvalidInputException(StageFailure.Reason.InvalidLabels, describe(problem));
    }

    private String describe(String problem) {
        return "Scene '" + scene + "'" + (frame == null ? "" : ", frame '" + frame + "'")
                + (file == null ? "" : ", file '" + file + "'") + " of " + source + ": " + problem;
    }
}
