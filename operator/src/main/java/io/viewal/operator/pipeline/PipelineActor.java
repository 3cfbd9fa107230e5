package io.viewal.operator.pipeline;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.viewal.contract.Owner;
import io.viewal.contract.StageRequest;
import io.viewal.operator.job.CompletionTimes;
import io.viewal.operator.job.JobClient;
import io.viewal.operator.job.JobLabels;
import io.viewal.operator.job.OtherMaker;
import io.viewal.operator.job.StageJobs;
import io.viewal.operator.report.OperatorMeters;
import io.viewal.operator.stage.StageAction;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;

/** Does to the cluster what a plan says. */
public final class PipelineActor {

    private final References references;
    private final RecentLaunches launches = new RecentLaunches();
    private final JobClient jobs;
    private final CompletionTimes completions;
    private final OperatorMeters meters;
    private final Clock clock;

    public PipelineActor(
            References references, JobClient jobs, CompletionTimes completions, OperatorMeters meters, Clock clock) {
        this.references = references;
        this.clock = clock;
        this.jobs = jobs;
        this.completions = completions;
        this.meters = meters;
    }

    /**
     * Acts.
     *
     * @param before what was remembered before the plan
     * @param owner whose Jobs are meant
     * @param observed what the action was planned from
     * @param created is given each Job that was created, so that caches know it at once
     * @throws io.viewal.operator.job.JobRejectedException when the API server refuses a Job
     * @throws MadeElsewhereException when another owner has just launched the same stage
     * @throws io.viewal.operator.store.StoreException when the store can't be told what is used; nothing was done
     */
    public void act(PipelinePlan plan, Records before, Owner owner, Observed observed, Consumer<Job> created) {
        if (observed instanceof Observed.Underway underway) {
            references.refer(underway.pipeline(), before, plan.records());
        }
        switch (plan.action()) {
            case StageAction.Launch launch -> {
                Job job = job(launch, observed);
                requireFirst(job, owner);
                stop(launch.replaced(), owner);
                created.accept(jobs.create(job));
                if (launch.attempt() == 1) {
                    launch.stage()
                            .previous()
                            .map(previous -> completions.since(owner.uid(), previous))
                            .ifPresent(gap -> meters.stageGap(launch.stage(), gap));
                }
            }
            case StageAction.Stop stop -> stop(stop.jobs(), owner);
            case StageAction.None _ -> {}
        }
    }

    private void requireFirst(Job job, Owner owner) {
        String result = job.getMetadata().getAnnotations().get(JobLabels.RESULT);
        Owner first = launches.note(result, owner, clock.instant());
        if (!first.equals(owner)) {
            throw new MadeElsewhereException(new OtherMaker(first.kind(), first.name()));
        }
    }

    /** Stops Jobs; their workers get their grace period. */
    public void stop(List<String> names, Owner owner) {
        names.forEach(name -> jobs.delete(owner.namespace(), name));
    }

    private static Job job(StageAction.Launch launch, Observed observed) {
        if (!(observed instanceof Observed.Underway underway)) {
            throw new IllegalStateException("Nothing can be launched when work can't go on");
        }
        StageRequest request = underway.open().orElseThrow().request().withAttempt(launch.attempt());
        return StageJobs.build(request, underway.pipeline().podSetting(launch.stage()));
    }
}
