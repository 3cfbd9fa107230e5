package io.viewal.worker.store;

import io.viewal.contract.ArtifactRef;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;

/** An artifact is missing, or is not what was committed. */
public final class DamagedArtifactException extends InvalidInputException {

    private final transient ArtifactRef artifact;

    /** @param what is wrong with it, after its name */
    public DamagedArtifactException(ArtifactRef artifact, String what) {
        super(Reason.CorruptArtifact, "The artifact '" + artifact.key() + "' " + what);
        this.artifact = artifact;
    }

    /** The artifact as it was committed. */
    public ArtifactRef artifact() {
        return artifact;
    }
}
