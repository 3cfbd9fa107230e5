package io.viewal.worker.dataset.importer.source;

import io.viewal.contract.StageFailure;
import io.viewal.worker.InvalidInputException;

/** The exceptions for files that break their layout's rules. */
public final class SourceFault {

    private SourceFault() {}

    /** The data set is broken, as the sentence says. */
    public static InvalidInputException invalid(String sentence) {
        return new InvalidInputException(StageFailure.Reason.InvalidDataset, sentence);
    }

    /**
     * A file is broken or missing.
     *
     * @param file as its user knows it
     * @param problem a clause that says what was found, what was expected, and what to do
     */
    public static InvalidInputException invalid(Object file, String problem) {
        return invalid(file, problem, null);
    }

    /** As above, keeping what was caught. */
    public static InvalidInputException invalid(Object file, String problem, Exception cause) {
        return new InvalidInputException(StageFailure.Reason.InvalidDataset, file + ": " + problem, cause);
    }

    /** A label map has ids that have no class. */
    public static InvalidInputException invalidLabels(Object file, String problem) {
        return new InvalidInputException(StageFailure.Reason.InvalidLabels, file + ": " + problem);
    }
}
