package io.viewal.operator.pipeline;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.viewal.api.v1alpha1.ActiveLearningRound;
import io.viewal.api.v1alpha1.MultiViewDataset;
import io.viewal.api.v1alpha1.RoundClass;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What else the caches know that a resource's work depends on. */
public interface SecondaryResources {

    /** Jobs labeled with the resource's name. */
    Collection<Job> jobs();

    /** Jobs of all owners that make the result at this place, see {@link io.viewal.operator.job.StageJobs#result}. */
    Collection<Job> jobsMaking(String result);

    /** Pods labeled with the resource's name. */
    Collection<Pod> pods();

    /** All round classes. */
    List<RoundClass> classes();

    /** A data set of the same namespace. */
    Optional<MultiViewDataset> dataset(String name);

    /** A round of the same namespace. */
    Optional<ActiveLearningRound> round(String name);

    /** The namespace of the resource; empty while it is not known. */
    Optional<Namespace> namespace();

    /** Takes note of a Job that was just created, before the cache hears of it. */
    void created(Job job);

    /** Takes note of a round that was just created, before the cache hears of it. */
    void created(ActiveLearningRound round);
}
