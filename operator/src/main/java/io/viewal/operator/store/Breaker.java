package io.viewal.operator.store;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.viewal.operator.condition.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Stands before a store: while it is away one request tries it now and then and all others fail at once; and however long
 * it takes to answer, some threads are left for other stores.
 */
final class Breaker {

    /** How many may ask at once: half of the threads that reconcile. */
    static final int QUESTIONS = 25;

    /** How long the next one waits for its turn. */
    private static final Duration TURN = Duration.ofSeconds(1);

    /** Once most of the last questions, two at least, found nobody, the store is away: one alone may have been unlucky. */
    private static final int LAST_QUESTIONS = 4;

    private static final float MOST_PERCENT = 75;

    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final String endpoint;
    private final CircuitBreaker circuit;
    private final Bulkhead bulkhead;
    private volatile StoreException problem;
    private volatile Instant backSince = Instant.MIN;

    Breaker(String endpoint, Clock clock) {
        this.endpoint = endpoint;
        this.bulkhead = Bulkhead.of(
                endpoint,
                BulkheadConfig.custom()
                        .maxConcurrentCalls(QUESTIONS)
                        .maxWaitDuration(TURN)
                        .writableStackTraceEnabled(false)
                        .build());
        this.circuit = CircuitBreaker.of(
                endpoint,
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(LAST_QUESTIONS)
                        .minimumNumberOfCalls(2)
                        .failureRateThreshold(MOST_PERCENT)
                        .waitDurationInOpenState(PAUSE)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .recordException(Breaker::isAway)
                        .clock(clock)
                        .currentTimestampFunction(Clock::millis, TimeUnit.MILLISECONDS)
                        .build());
        circuit.getEventPublisher().onStateTransition(event -> {
            if (event.getStateTransition().getToState() == State.CLOSED) {
                backSince = clock.instant();
            }
        });
    }

    private static boolean isAway(Throwable failure) {
        return failure instanceof StoreException e && e.reason() == Reason.StoreUnavailable;
    }

    /**
     * Asks, unless the store is known to be away.
     *
     * @throws StoreException of the question, or of the one that found the store away
     */
    <T> T ask(Supplier<T> question) {
        try {
            return circuit.executeSupplier(() -> inTurn(question));
        } catch (CallNotPermittedException e) {
            throw problem;
        }
    }

    private <T> T inTurn(Supplier<T> question) {
        try {
            return bulkhead.executeSupplier(question);
        } catch (BulkheadFullException e) {
            throw found(new StoreException(
                    Reason.StoreUnavailable,
                    "The store at %s has not answered %d questions for a second; asked again by itself"
                            .formatted(endpoint, QUESTIONS),
                    e));
        } catch (StoreException e) {
            throw found(e);
        }
    }

    private StoreException found(StoreException e) {
        if (isAway(e)) {
            problem = e;
        }
        return e;
    }

    /** Since when the store answers; the beginning of time if it has never been away. */
    Instant backSince() {
        return backSince;
    }
}
