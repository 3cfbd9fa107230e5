package io.viewal.worker.dataset.importer;

import io.viewal.contract.StageFailure;
import io.viewal.worker.InvalidInputException;

/**
 * Which frames are imported.
 *
 * @param onError what to do with broken ones
 * @param every each so many frames of a scene are taken, beginning with the first
 * @param most most frames of a scene
 * @param resume whether scenes that are there already stay as they are; else they end the import
 * @param unitConfirmed whether the unit of depth is right however near or far it puts a scene
 */
public record ImportPolicy(OnError onError, int every, int most, boolean resume, boolean unitConfirmed) {

    /** With a unit of depth that must put scenes where cameras measure. */
    public ImportPolicy(OnError onError, int every, int most, boolean resume) {
        this(onError, every, most, resume, false);
    }

    /** All frames; the first broken one ends the import. */
    public static final ImportPolicy STRICT = new ImportPolicy(OnError.FAIL, 1, Integer.MAX_VALUE, false);

    public ImportPolicy {
        if (every < 1 || most < 1) {
            throw new InvalidInputException(
                    StageFailure.Reason.InvalidRequest,
                    "Every " + every + " frames, at most " + most + ": both must be 1 or more");
        }
    }

    /** Whether every frame of the source is asked for. */
    boolean takesAll() {
        return every == 1 && most == Integer.MAX_VALUE;
    }

    /** With another rule for broken frames. */
    public ImportPolicy on(OnError error) {
        return new ImportPolicy(error, every, most, resume, unitConfirmed);
    }
}
