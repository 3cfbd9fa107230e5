package io.viewal.operator.job;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.viewal.contract.Stage;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The Jobs of one owner and their pods, as the caches have them.
 *
 * @param jobs of the owner alone
 */
public record OwnedJobs(List<Job> jobs, List<Pod> pods) {

    /**
     * Those of the owner; Jobs of a predecessor of the same name are left out.
     *
     * @param ownerUid uid of the round or data set
     */
    public static OwnedJobs of(String ownerUid, Collection<Job> jobs, Collection<Pod> pods) {
        List<Job> own = jobs.stream().filter(job -> owned(job, ownerUid)).toList();
        List<Pod> theirs = pods.stream()
                .filter(pod -> own.stream()
                        .anyMatch(job -> owned(pod, job.getMetadata().getUid())))
                .toList();
        return new OwnedJobs(own, theirs);
    }

    /** Names of the Jobs that have not finished and are not being deleted. */
    public List<String> active() {
        return jobs.stream()
                .filter(job -> job.getMetadata().getDeletionTimestamp() == null && !AttemptReader.finished(job))
                .map(job -> job.getMetadata().getName())
                .toList();
    }

    /** The Job of this name. */
    public Optional<Job> named(String name) {
        return jobs.stream()
                .filter(job -> job.getMetadata().getName().equals(name))
                .findFirst();
    }

    List<Job> of(Stage stage) {
        return jobs.stream()
                .filter(job -> stage.key().equals(job.getMetadata().getLabels().get(JobLabels.STAGE)))
                .toList();
    }

    List<Pod> podsOf(Job job) {
        return pods.stream()
                .filter(pod -> owned(pod, job.getMetadata().getUid()))
                .toList();
    }

    private static boolean owned(HasMetadata resource, String uid) {
        return resource.getMetadata().getOwnerReferences().stream()
                .anyMatch(reference -> reference.getUid().equals(uid));
    }
}
