package io.viewal.operator;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Ends the process at once when it is told to while it waits for its first lists: the application's own stop waits until
 * the start has ended, which takes minutes when the API server does not answer. Nothing has been begun by then.
 */
@ApplicationScoped
class StopWhileStarting {

    /** Observers of the operator's own start have priority 3123. */
    private static final int BEFORE_THE_OPERATOR = 1;

    private static final int AFTER_THE_OPERATOR = 4000;

    /** The exit code of a start that was not completed, whatever ended it. */
    private static final int NOT_STARTED = 1;

    private volatile boolean started;

    void onStart(@Observes @Priority(BEFORE_THE_OPERATOR) StartupEvent event) {
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("stop while starting").unstarted(() -> {
                    if (!started) {
                        Runtime.getRuntime().halt(NOT_STARTED);
                    }
                }));
    }

    void onStarted(@Observes @Priority(AFTER_THE_OPERATOR) StartupEvent event) {
        started = true;
    }
}
