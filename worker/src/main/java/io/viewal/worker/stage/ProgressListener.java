package io.viewal.worker.stage;

import io.viewal.contract.Stage;
import io.viewal.contract.StageProgress;

/** Shows how far a stage has come to whoever watches the process. */
@FunctionalInterface
public interface ProgressListener {

    /** Called from the thread that works; must return quickly. */
    void progress(Stage stage, StageProgress progress);
}
