package io.viewal.operator.harness;

import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobConditionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.viewal.contract.ContractJson;
import io.viewal.contract.StageFailure;
import io.viewal.contract.StageProgress;
import io.viewal.contract.StageRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Plays the Job controller, the kubelet and the worker, as a test wants them. */
public final class Kubelet {

    private final KubernetesClient client;
    private final S3Server s3;
    private final MovableClock clock;

    Kubelet(KubernetesClient client, S3Server s3, MovableClock clock) {
        this.client = client;
        this.s3 = s3;
        this.clock = clock;
    }

    /** The request that the Job's worker reads. */
    public static StageRequest request(Job job) {
        String json = job.getSpec().getTemplate().getMetadata().getAnnotations().get("viewal.io/request");
        return ContractJson.read(json.getBytes(StandardCharsets.UTF_8), StageRequest.class);
    }

    /** The worker commits the results of all shards, and the Job succeeds. */
    public void succeed(Job job) {
        commit(job);
        complete(job);
    }

    /** The worker commits the results of all shards; the Job is as it was. */
    public void commit(Job job) {
        StageRequest request = request(job);
        for (int shard = 0; shard < request.shards(); shard++) {
            s3.put(request.layout().resultKey(shard), ContractJson.toBytes(FakeResults.of(request, shard)));
        }
    }

    /** The worker commits the results of all shards as those of a request with this digest. */
    public void commitAs(Job job, String digest) {
        StageRequest request = request(job).pinnedTo(digest);
        for (int shard = 0; shard < request.shards(); shard++) {
            s3.put(request.layout().resultKey(shard), ContractJson.toBytes(FakeResults.of(request, shard)));
        }
    }

    /** The Job succeeds, whatever is in the store. */
    public void complete(Job job) {
        String now = now();
        finish(
                job,
                List.of(
                        condition("SuccessCriteriaMet", "CompletionsReached", ""),
                        condition("Complete", "CompletionsReached", "")),
                now);
    }

    /** The Job fails as it does without a matching rule of its pod failure policy. */
    public void failJob(Job job) {
        failJob(job, "BackoffLimitExceeded", "Job has reached the specified backoff limit");
    }

    /** The Job fails. */
    public void failJob(Job job, String reason, String message) {
        finish(job, List.of(condition("FailureTarget", reason, message), condition("Failed", reason, message)), null);
    }

    /** A pod of the Job that waits for a node. */
    public Pod unschedulable(Job job, String message) {
        Pod pod = createPod(job);
        return status(
                pod,
                new PodStatusBuilder()
                        .withPhase("Pending")
                        .withConditions(podCondition("PodScheduled", "False", "Unschedulable", message)));
    }

    /** A pod of the Job whose container waits. */
    public Pod containerWaits(Job job, String reason, String message) {
        Pod pod = createPod(job);
        return status(
                pod,
                new PodStatusBuilder()
                        .withPhase("Pending")
                        .withStartTime(now())
                        .withConditions(podCondition("PodScheduled", "True", null, null))
                        .addToContainerStatuses(container(job)
                                .withNewState()
                                .withNewWaiting(message, reason)
                                .endState()
                                .build()));
    }

    /** A running pod of the Job. */
    public Pod run(Job job) {
        Pod pod = createPod(job);
        return status(
                pod,
                new PodStatusBuilder()
                        .withPhase("Running")
                        .withStartTime(now())
                        .withConditions(podCondition("PodScheduled", "True", null, null))
                        .addToContainerStatuses(container(job)
                                .withNewState()
                                .withNewRunning(now())
                                .endState()
                                .build()));
    }

    /** The worker says how far it has come. */
    public void progress(Job job, long done, long total, String message) {
        StageRequest request = request(job);
        s3.put(
                request.layout().progressKey(request.attempt(), 0),
                ContractJson.toBytes(new StageProgress(done, total, "iterations", message, clock.instant())));
    }

    /** A pod's worker exits. */
    public Pod exit(Job job, Pod pod, int code, String reason, StageFailure failure) {
        return status(pod, failed(job, code, reason, failure));
    }

    /** The scheduler takes the pod's node away; the pod ends as it does on SIGTERM. */
    public void preempt(Job job, Pod pod) {
        status(
                pod,
                failed(job, 143, "Error", null)
                        .addToConditions(podCondition(
                                "DisruptionTarget",
                                "True",
                                "PreemptionByScheduler",
                                "preempted by a pod of more priority")));
        failJob(job, "PodFailurePolicy", "Pod has condition DisruptionTarget matching FailJob rule at index 1");
    }

    /** A pod's worker exits, and another container goes on. */
    public Pod exitBesideASidecar(Job job, Pod pod, int code, StageFailure failure) {
        return status(
                pod,
                failed(job, code, "Error", failure)
                        .withPhase("Running")
                        .addToContainerStatuses(container(job)
                                .withName("proxy")
                                .withNewState()
                                .withNewRunning(now())
                                .endState()
                                .build()));
    }

    /** The node controller finds that a pod's node does not answer. */
    public void loseNode(Pod pod) {
        client.pods()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName())
                .editStatus(now -> new PodBuilder(now)
                        .editStatus()
                        .addToConditions(
                                podCondition("Ready", "False", "NodeNotReady", null),
                                podCondition("ContainersReady", "True", null, null))
                        .endStatus()
                        .build());
    }

    /** Touches a pod, so that its owner looks at it. */
    public void nudge(Pod pod) {
        client.pods()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName())
                .edit(now -> new PodBuilder(now)
                        .editMetadata()
                        .addToAnnotations("nudged", Instant.now().toString())
                        .endMetadata()
                        .build());
    }

    /** Says something about a pod or a Job in an event. */
    public void warn(HasMetadata about, String reason, String message) {
        client.resource(new EventBuilder()
                        .withNewMetadata()
                        .withGenerateName(about.getMetadata().getName() + ".")
                        .withNamespace(about.getMetadata().getNamespace())
                        .endMetadata()
                        .withType("Warning")
                        .withReason(reason)
                        .withMessage(message)
                        .withLastTimestamp(now())
                        .withNewInvolvedObject()
                        .withKind(about.getKind())
                        .withNamespace(about.getMetadata().getNamespace())
                        .withName(about.getMetadata().getName())
                        .withUid(about.getMetadata().getUid())
                        .endInvolvedObject()
                        .build())
                .create();
    }

    private Pod createPod(Job job) {
        return client.resource(new PodBuilder()
                        .withNewMetadata()
                        .withGenerateName(job.getMetadata().getName() + "-")
                        .withNamespace(job.getMetadata().getNamespace())
                        .withLabels(job.getSpec().getTemplate().getMetadata().getLabels())
                        .addToLabels("job-name", job.getMetadata().getName())
                        .addNewOwnerReference()
                        .withApiVersion("batch/v1")
                        .withKind("Job")
                        .withName(job.getMetadata().getName())
                        .withUid(job.getMetadata().getUid())
                        .withController(true)
                        .endOwnerReference()
                        .endMetadata()
                        .withSpec(job.getSpec().getTemplate().getSpec())
                        .build())
                .create();
    }

    private Pod status(Pod pod, PodStatusBuilder status) {
        return client.pods()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName())
                .editStatus(
                        now -> new PodBuilder(now).withStatus(status.build()).build());
    }

    private PodStatusBuilder failed(Job job, int code, String reason, StageFailure failure) {
        String message = failure == null ? null : new String(ContractJson.toBytes(failure), StandardCharsets.UTF_8);
        return new PodStatusBuilder()
                .withPhase("Failed")
                .withStartTime(now())
                .addToContainerStatuses(container(job)
                        .withNewState()
                        .withNewTerminated()
                        .withExitCode(code)
                        .withReason(reason)
                        .withMessage(message)
                        .withFinishedAt(now())
                        .endTerminated()
                        .endState()
                        .build());
    }

    private void finish(Job job, List<JobCondition> conditions, String completionTime) {
        client.batch()
                .v1()
                .jobs()
                .inNamespace(job.getMetadata().getNamespace())
                .withName(job.getMetadata().getName())
                .editStatus(now -> new JobBuilder(now)
                        .editOrNewStatus()
                        .withStartTime(now.getMetadata().getCreationTimestamp())
                        .withCompletionTime(completionTime)
                        .withActive(0)
                        .withReady(0)
                        .withTerminating(0)
                        .withUncountedTerminatedPods(null)
                        .withConditions(conditions)
                        .endStatus()
                        .build());
    }

    private static ContainerStatusBuilder container(Job job) {
        return new ContainerStatusBuilder()
                .withName("worker")
                .withImage(job.getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .getFirst()
                        .getImage())
                .withImageID("")
                .withReady(false)
                .withRestartCount(0);
    }

    private static PodCondition podCondition(String type, String status, String reason, String message) {
        return new PodConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason(reason)
                .withMessage(message)
                .withLastTransitionTime(now())
                .build();
    }

    private static JobCondition condition(String type, String reason, String message) {
        return new JobConditionBuilder()
                .withType(type)
                .withStatus("True")
                .withReason(reason)
                .withMessage(message)
                .withLastTransitionTime(now())
                .build();
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
