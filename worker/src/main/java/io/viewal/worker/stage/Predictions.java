package io.viewal.worker.stage;

import io.viewal.worker.acquisition.ProbabilityVolume;
import java.io.IOException;

/** Where SCORE has its predictions from. */
sealed interface Predictions extends AutoCloseable permits ScenePredictor, StoredPredictions {

    /** Predictions of a scene's frames; further results go into files of the output. */
    ProbabilityVolume predict(SceneOutput output) throws IOException;

    /** What they were computed on, for the status. */
    String device();

    @Override
    void close();
}
