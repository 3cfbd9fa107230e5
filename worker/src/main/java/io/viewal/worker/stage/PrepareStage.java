package io.viewal.worker.stage;

import java.io.IOException;

/** PREPARE: placeholder until compile. */
final class PrepareStage implements StageWork {

    @Override
    public Output run(StageContext context) throws IOException {
        throw new UnsupportedOperationException();
    }
}
