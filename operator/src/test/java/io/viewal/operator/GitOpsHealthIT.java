package io.viewal.operator;

import io.viewal.operator.harness.DevProgram;
import org.junit.jupiter.api.Test;

/** What kstatus, Argo CD and Flux make of each state, by their own interpreters: the tests in {@code src/dev/health}. */
class GitOpsHealthIT {

    @Test
    void saysOfEachStateWhatThePagesSay() throws Exception {
        // Not from Go's cache of results, which does not look at files outside of the module.
        new DevProgram("go").run("-C", "src/dev/health", "test", "-count=1", "./...");
    }
}
