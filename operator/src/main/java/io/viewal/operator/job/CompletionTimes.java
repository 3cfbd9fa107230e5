package io.viewal.operator.job;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import io.viewal.contract.Stage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Notes when a stage's Job was seen to end, to the millisecond: a Job's own times are whole seconds. It sits where events
 * come in, lets all of them pass, and serves the metric of the gap between stages alone.
 */
public final class CompletionTimes implements OnUpdateFilter<Job> {

    private static final int MAX_JOBS = 4096;

    private final Clock clock;
    private final Map<String, Instant> ended = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > MAX_JOBS;
        }
    });

    public CompletionTimes(Clock clock) {
        this.clock = clock;
    }

    @Override
    public boolean accept(Job now, Job before) {
        if (AttemptReader.succeeded(now) && !AttemptReader.succeeded(before)) {
            String stage = now.getMetadata().getLabels().get(JobLabels.STAGE);
            now.getMetadata()
                    .getOwnerReferences()
                    .forEach(owner -> ended.put(key(owner.getUid(), stage), clock.instant()));
        }
        return true;
    }

    /**
     * The time since a stage's Job was seen to end, given once. Zero when it still runs: a stage's result is committed, and
     * the next stage launched, before its pod has quite ended.
     */
    public Duration since(String ownerUid, Stage stage) {
        Instant at = ended.remove(key(ownerUid, stage.key()));
        return at == null ? Duration.ZERO : Duration.between(at, clock.instant());
    }

    private static String key(String ownerUid, String stage) {
        return ownerUid + "/" + stage;
    }
}
