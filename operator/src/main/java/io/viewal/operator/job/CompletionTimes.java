package io.viewal.operator.job;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Notes when an owner's Job was seen to end, to the millisecond: a Job's own times are whole seconds. It sits where
 * events come in, lets all of them pass, and serves the metric of the gap between stages alone.
 */
public final class CompletionTimes implements OnUpdateFilter<Job> {

    private static final int MAX_OWNERS = 4096;

    private final Clock clock;
    private final Map<String, Instant> ended = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > MAX_OWNERS;
        }
    });

    public CompletionTimes(Clock clock) {
        this.clock = clock;
    }

    @Override
    public boolean accept(Job now, Job before) {
        if (AttemptReader.succeeded(now) && !AttemptReader.succeeded(before)) {
            now.getMetadata().getOwnerReferences().forEach(owner -> ended.put(owner.getUid(), clock.instant()));
        }
        return true;
    }

    /** The time since the owner's Job was seen to end, given once. */
    public Optional<Duration> since(String ownerUid) {
        return Optional.ofNullable(ended.remove(ownerUid)).map(at -> Duration.between(at, clock.instant()));
    }
}
