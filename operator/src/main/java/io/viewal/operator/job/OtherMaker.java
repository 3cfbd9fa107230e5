package io.viewal.operator.job;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * A round or data set whose Job makes a result that another one needs, too.
 *
 * @param kind {@code ActiveLearningRound} or {@code MultiViewDataset}
 * @param name of the owner
 */
public record OtherMaker(String kind, String name) {

    /**
     * Who makes a result, among the Jobs for it.
     *
     * @param uid of the owner that asks, whose own Jobs don't count
     * @param patience how long a Job may be without a worker that runs; one that is queued has not begun
     */
    public static Optional<OtherMaker> among(Collection<Job> jobs, String uid, Duration patience, Instant now) {
        return jobs.stream()
                .filter(job -> !owner(job).getUid().equals(uid) && goesOn(job, now.minus(patience)))
                .map(job -> new OtherMaker(owner(job).getKind(), owner(job).getName()))
                .findFirst();
    }

    private static boolean goesOn(Job job, Instant latest) {
        if (AttemptReader.finished(job) || job.getMetadata().getDeletionTimestamp() != null) {
            return false;
        }
        boolean queued = Boolean.TRUE.equals(job.getSpec().getSuspend());
        Integer ready = job.getStatus() == null ? null : job.getStatus().getReady();
        return queued
                || ready != null && ready > 0
                || Instant.parse(job.getMetadata().getCreationTimestamp()).isAfter(latest);
    }

    private static OwnerReference owner(Job job) {
        return job.getMetadata().getOwnerReferences().getFirst();
    }
}
