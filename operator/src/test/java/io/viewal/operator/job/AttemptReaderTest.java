package io.viewal.operator.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodFluent;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.viewal.api.v1alpha1.StageStatus;
import io.viewal.contract.Owner;
import io.viewal.contract.Stage;
import io.viewal.operator.condition.Reason;
import io.viewal.operator.stage.Attempt;
import io.viewal.operator.stage.AttemptState;
import io.viewal.operator.stage.AttemptState.Cause;
import io.viewal.operator.stage.AttemptState.Ended;
import io.viewal.operator.stage.AttemptState.Running;
import io.viewal.operator.stage.AttemptState.Waiting;
import io.viewal.operator.stage.StageRecord;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttemptReaderTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Owner OWNER = new Owner("ActiveLearningRound", "demo", "round-0", "owner-uid");

    /** What the API server has, beside what the caches have. */
    private static final class Live extends JobClient {

        private final List<Job> jobs = new ArrayList<>();
        private final List<Pod> pods = new ArrayList<>();
        private String trouble;
        private String lastWord;
        private int gets;

        Live() {
            super(null);
        }

        @Override
        Optional<Job> get(String namespace, String name) {
            gets++;
            return jobs.stream()
                    .filter(job -> job.getMetadata().getName().equals(name))
                    .findFirst();
        }

        @Override
        List<Pod> pods(Job job) {
            return pods;
        }

        @Override
        Optional<String> trouble(HasMetadata about) {
            return Optional.ofNullable(trouble);
        }

        @Override
        Optional<String> lastWord(Pod pod) {
            return Optional.ofNullable(lastWord);
        }
    }

    private final Live live = new Live();
    private final AttemptReader reader = new AttemptReader(live, Clock.fixed(NOW, ZoneOffset.UTC));

    private static Job job(int attempt, String... conditions) {
        JobBuilder job = new JobBuilder()
                .withNewMetadata()
                .withNamespace("demo")
                .withName(JobNames.of(OWNER, Stage.TRAIN, attempt))
                .withUid("job-" + attempt)
                .withLabels(JobLabels.of(OWNER, Stage.TRAIN, attempt))
                .addNewOwnerReference()
                .withUid("owner-uid")
                .endOwnerReference()
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .withNewStatus()
                .endStatus();
        for (String type : conditions) {
            job.editStatus()
                    .addNewCondition()
                    .withType(type)
                    .withStatus("True")
                    .withReason("BackoffLimitExceeded")
                    .withLastTransitionTime(NOW.toString())
                    .endCondition()
                    .endStatus();
        }
        return job.build();
    }

    private static Pod pod(String phase, UnaryOperator<PodFluent<PodBuilder>.StatusNested<PodBuilder>> status) {
        var begun = new PodBuilder()
                .withNewMetadata()
                .withNamespace("demo")
                .withName("pod")
                .withLabels(Map.of(JobLabels.STAGE, "train"))
                .addNewOwnerReference()
                .withUid("job-1")
                .endOwnerReference()
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("worker")
                .withImage("viewal/worker:1")
                .withNewResources()
                .addToLimits("memory", new Quantity("2Gi"))
                .endResources()
                .endContainer()
                .endSpec()
                .withNewStatus()
                .withPhase(phase);
        return status.apply(begun).endStatus().build();
    }

    private static Pod exited(int code, String reason, String message) {
        return pod(
                "Failed",
                status -> status.addNewContainerStatus()
                        .withName("worker")
                        .withNewState()
                        .withNewTerminated()
                        .withExitCode(code)
                        .withReason(reason)
                        .withMessage(message)
                        .endTerminated()
                        .endState()
                        .endContainerStatus());
    }

    private static StageRecord record(StageStatus.State state, Integer attempt) {
        return StageRecord.of(new StageStatus(
                "Train", state, null, attempt, null, null, null, null, null, null, null, null, null, null));
    }

    private static StageRecord running() {
        return record(StageStatus.State.Running, 1);
    }

    private AttemptState state(Job job, Pod... cached) {
        List<Attempt> attempts = reader.read(OWNER, running(), new OwnedJobs(List.of(job), List.of(cached)));
        assertThat(attempts).hasSize(1);
        return attempts.getFirst().state();
    }

    private Ended ended(Pod... pods) {
        live.pods.addAll(List.of(pods));
        return (Ended) state(job(1, "Failed"));
    }

    @Test
    void asksTheApiServerBeforeItCallsAJobLost() {
        live.jobs.add(job(1));
        List<Attempt> attempts = reader.read(OWNER, running(), new OwnedJobs(List.of(), List.of()));
        assertThat(attempts).extracting(Attempt::number).containsExactly(1);
    }

    @Test
    void findsNothingWhenTheApiServerHasNoJobEither() {
        assertThat(reader.read(OWNER, running(), new OwnedJobs(List.of(), List.of())))
                .isEmpty();
    }

    @Test
    void doesNotAskForAnAttemptThatWasCounted() {
        reader.read(OWNER, record(StageStatus.State.Retrying, 1), new OwnedJobs(List.of(), List.of()));
        assertThat(live.gets).isZero();
    }

    @Test
    void leavesOutAnAttemptThatWasCounted() {
        assertThat(reader.read(
                        OWNER,
                        record(StageStatus.State.Retrying, 1),
                        new OwnedJobs(List.of(job(1, "Failed")), List.of())))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "64, Error, PERMANENT, WorkerFailed",
        "65, Error, PERMANENT, WorkerFailed",
        "70, Error, FAILED, WorkerFailed",
        "69, Error, DISRUPTED, WorkerFailed",
        "75, Error, FAILED, WorkerFailed",
        "1, Error, FAILED, WorkerFailed",
        "137, OOMKilled, FAILED, OutOfMemory",
        "137, Error, FAILED, WorkerFailed",
        "137, ContainerStatusUnknown, DISRUPTED, Disrupted",
        "143, Error, DISRUPTED, Disrupted"
    })
    void judgesAFailedPodByItsExitCode(int code, String why, Cause cause, Reason reason) {
        Ended ended = ended(exited(code, why, null));
        assertThat(ended.cause()).isEqualTo(cause);
        assertThat(ended.reason()).isEqualTo(reason);
        assertThat(ended.at()).isEqualTo(NOW);
    }

    @Test
    void passesOnWhatTheWorkerSaid() {
        Ended ended =
                ended(exited(65, "Error", "{\"reason\":\"InvalidLabels\",\"message\":\"label 9 is not a class\"}"));
        assertThat(ended.reason()).isEqualTo(Reason.InvalidLabels);
        assertThat(ended.message()).isEqualTo("label 9 is not a class");
    }

    @Test
    void pointsToTheLogWhenTheWorkersWordsCannotBeRead() {
        assertThat(ended(exited(70, "Error", "Exception in thread main")).message())
                .contains("kubectl logs -n demo pod");
    }

    @Test
    void advisesMoreMemory() {
        assertThat(ended(exited(137, "OOMKilled", null)).message()).contains("2Gi", "spec.resources.train.memory");
    }

    @Test
    void takesAKillAfterTheGracePeriodForADisruption() {
        Pod killed = exited(137, "Error", null);
        killed.getMetadata().setDeletionTimestamp(NOW.toString());
        assertThat(ended(killed).cause()).isEqualTo(Cause.DISRUPTED);
    }

    @Test
    void believesADisruptionMoreThanTheExitCode() {
        Pod evicted = new PodBuilder(exited(137, "OOMKilled", null))
                .editStatus()
                .addNewCondition()
                .withType("DisruptionTarget")
                .withStatus("True")
                .withReason("EvictionByEvictionAPI")
                .withMessage("drained")
                .endCondition()
                .endStatus()
                .build();
        Ended ended = ended(evicted);
        assertThat(ended.cause()).isEqualTo(Cause.DISRUPTED);
        assertThat(ended.message()).contains("EvictionByEvictionAPI", "drained");
    }

    @Test
    void takesAPodThatItsNodeRefusedForADisruption() {
        Pod refused = pod("Failed", status -> status.withReason("OutOfcpu").withMessage("node is full"));
        assertThat(ended(refused).cause()).isEqualTo(Cause.DISRUPTED);
    }

    @Test
    void takesAFailedJobWithoutPodsForADisruption() {
        assertThat(ended().cause()).isEqualTo(Cause.DISRUPTED);
    }

    @Test
    void takesTheGravestFailureOfManyShards() {
        Ended ended = ended(exited(143, "Error", null), exited(65, "Error", null), exited(70, "Error", null));
        assertThat(ended.cause()).isEqualTo(Cause.PERMANENT);
    }

    @Test
    void believesTheJobThatItWasBadInputWhenItsPodIsGone() {
        Job failed = new JobBuilder(job(1))
                .editStatus()
                .addNewCondition()
                .withType("Failed")
                .withStatus("True")
                .withReason("PodFailurePolicy")
                .withMessage("Container worker failed with exit code 65 matching FailJob rule at index 0")
                .withLastTransitionTime(NOW.toString())
                .endCondition()
                .endStatus()
                .build();
        assertThat(((Ended) state(failed)).cause()).isEqualTo(Cause.PERMANENT);
    }

    @Test
    void doesNotTakeASuccessWithoutAResultForOne() {
        Ended ended = (Ended) state(job(1, "Complete"));
        assertThat(ended.cause()).isEqualTo(Cause.FAILED);
        assertThat(ended.reason()).isEqualTo(Reason.ResultMissing);
    }

    @Test
    void takesAJobThatIsBeingDeletedForLost() {
        Job going = job(1);
        going.getMetadata().setDeletionTimestamp(NOW.toString());
        assertThat(((Ended) state(going)).cause()).isEqualTo(Cause.DISRUPTED);
    }

    @Test
    void waitsForTheJobControllerToMakeThePod() {
        assertThat(((Waiting) state(job(1))).reason()).isEqualTo(Reason.PodStarting);
    }

    @Test
    void waitsForAQueueThatHoldsTheJob() {
        Job queued =
                new JobBuilder(job(1)).editSpec().withSuspend(true).endSpec().build();
        assertThat(((Waiting) state(queued)).reason()).isEqualTo(Reason.WaitingForResources);
    }

    @Test
    void quotesTheScheduler() {
        assertThat(state(job(1), unschedulable(NOW.minusSeconds(5))))
                .isEqualTo(new Waiting(Reason.WaitingForResources, "0/2 nodes are available"));
    }

    @Test
    void givesTheSchedulerAMomentWhileTheLastStagesPodEnds() {
        assertThat(((Waiting) state(job(1), unschedulable(NOW.minusSeconds(4)))).reason())
                .isEqualTo(Reason.PodStarting);
    }

    private static Pod unschedulable(Instant created) {
        Pod pending = pod(
                "Pending",
                status -> status.addNewCondition()
                        .withType("PodScheduled")
                        .withStatus("False")
                        .withReason("Unschedulable")
                        .withMessage("0/2 nodes are available")
                        .endCondition());
        pending.getMetadata().setCreationTimestamp(created.toString());
        return pending;
    }

    @ParameterizedTest
    @ValueSource(strings = {"ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull"})
    void namesTheImageThatCannotBePulled(String reason) {
        Waiting waiting = (Waiting) state(job(1), containerWaits(reason));
        assertThat(waiting.reason()).isEqualTo(Reason.ImagePullFailing);
        assertThat(waiting.message()).contains("viewal/worker:1", reason);
    }

    @Test
    void asksTheKubeletsEventsWhyAPodIsNotSetUp() {
        live.trouble = "secret \"viewal-store\" not found";
        Waiting waiting = (Waiting) state(job(1), containerWaits("ContainerCreating"));
        assertThat(waiting.reason()).isEqualTo(Reason.PodSetupFailing);
        assertThat(waiting.message()).contains("viewal-store");
    }

    @Test
    void quotesTheKubeletWhenAPodIsSetUpForLong() {
        live.lastWord = "Pulling image \"viewal/worker:1\"";
        Pod pod = containerWaits("ContainerCreating");
        assertThat(((Waiting) state(job(1), pod)).reason()).isEqualTo(Reason.PodStarting);
        pod.getStatus().setStartTime(NOW.minusSeconds(61).toString());
        assertThat(state(job(1), pod))
                .isEqualTo(new Waiting(
                        Reason.PodSetupSlow,
                        "its pod is being set up since 2026-01-01T11:58:59Z; the kubelet says: Pulling image"
                                + " \"viewal/worker:1\""));
    }

    private static Job madeSecondsAgo(int seconds) {
        Job job = job(1);
        job.getMetadata().setCreationTimestamp(NOW.minusSeconds(seconds).toString());
        return job;
    }

    @Test
    void saysThatTheJobControllerMakesNoPod() {
        assertThat(((Waiting) state(madeSecondsAgo(60))).reason()).isEqualTo(Reason.PodStarting);
        assertThat(((Waiting) state(madeSecondsAgo(61))).reason()).isEqualTo(Reason.PodSetupSlow);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pods \"x\" is forbidden: exceeded quota: team, requested: pods=1, used: pods=4 | QuotaExceeded | others end",
                "pods \"x\" is forbidden: failed quota: team: must specify limits.cpu      | PodRejected   | limitCpu: true",
                "pods \"x\" is forbidden: maximum memory usage per Container is 1Gi        | PodRejected   | 1Gi",
                "admission webhook \"policy.example.com\" denied the request: no            | PodRejected   | policy.example.com"
            })
    void quotesTheApiServerWhenItRefusesThePod(String said, Reason reason, String words) {
        live.trouble = said;
        Waiting waiting = (Waiting) state(madeSecondsAgo(9));
        assertThat(waiting.reason()).isEqualTo(reason);
        assertThat(waiting.message()).contains(said, words);
    }

    private static Pod onSilentNode(int seconds) {
        Pod pod = pod(
                "Running",
                status -> status.addNewCondition()
                        .withType("Ready")
                        .withStatus("False")
                        .withLastTransitionTime(NOW.minusSeconds(seconds).toString())
                        .endCondition()
                        .addNewCondition()
                        .withType("ContainersReady")
                        .withStatus("True")
                        .endCondition());
        pod.getSpec().setNodeName("n1");
        return pod;
    }

    @Test
    void saysThatANodeDoesNotAnswerAndGivesItUpAfterAMinute() {
        Waiting waiting = (Waiting) state(job(1), onSilentNode(59));
        assertThat(waiting.reason()).isEqualTo(Reason.NodeLost);
        assertThat(waiting.message()).contains("'n1'", "since 2026-01-01T11:59:01Z");
        Ended ended = (Ended) state(job(1), onSilentNode(60));
        assertThat(ended.cause()).isEqualTo(Cause.DISRUPTED);
        assertThat(ended.reason()).isEqualTo(Reason.NodeLost);
        assertThat(ended.at()).isEqualTo(NOW);
    }

    @Test
    void doesNotBlameTheNodeForAContainerThatIsNotReady() {
        Pod pod = onSilentNode(600);
        pod.getStatus().getConditions().getLast().setStatus("False");
        assertThat(state(job(1), pod)).isInstanceOf(Running.class);
    }

    @Test
    void givesUpAPodThatItsNodeDoesNotEnd() {
        Pod pod = pod("Running", status -> status);
        pod.getMetadata().setDeletionTimestamp(NOW.minusSeconds(59).toString());
        assertThat(state(job(1), pod)).isInstanceOf(Running.class);
        pod.getMetadata().setDeletionTimestamp(NOW.minusSeconds(60).toString());
        assertThat(((Ended) state(job(1), pod)).reason()).isEqualTo(Reason.NodeLost);
    }

    private static Pod withSidecar(Pod exited) {
        return new PodBuilder(exited)
                .editStatus()
                .withPhase("Running")
                .addNewContainerStatus()
                .withName("proxy")
                .withNewState()
                .withNewRunning()
                .endRunning()
                .endState()
                .endContainerStatus()
                .endStatus()
                .build();
    }

    @Test
    void believesTheWorkersOwnContainerWhenAnotherOneKeepsThePod() {
        Ended bad = (Ended) state(job(1), withSidecar(exited(65, "Error", null)));
        assertThat(bad.cause()).isEqualTo(Cause.PERMANENT);
        Ended good = (Ended) state(job(1), withSidecar(exited(0, "Completed", null)));
        assertThat(good.reason()).isEqualTo(Reason.ResultMissing);
    }

    @Test
    void holdsTheJobOfAnEndedWorkerForItsPodToBeStopped() {
        OwnedJobs owned = new OwnedJobs(List.of(job(1)), List.of(withSidecar(exited(65, "Error", null))));
        assertThat(reader.read(OWNER, running(), owned)).allMatch(Attempt::held);
        assertThat(reader.outlived(Stage.TRAIN, owned)).containsExactly(JobNames.of(OWNER, Stage.TRAIN, 1));
    }

    @Test
    void waitsForTheOtherShardsWhenOneIsKeptByAnotherContainer() {
        Job sharded =
                new JobBuilder(job(1)).editSpec().withCompletions(2).endSpec().build();
        Pod first = withSidecar(exited(0, "Completed", null));
        assertThat(state(sharded, first, pod("Running", status -> status))).isInstanceOf(Running.class);
        assertThat(state(sharded, first)).as("the second pod is not made yet").isInstanceOf(Running.class);
        assertThat(reader.outlived(
                        Stage.TRAIN, new OwnedJobs(List.of(sharded), List.of(first, pod("Running", status -> status)))))
                .isEmpty();
    }

    @Test
    void tellsEvictionFromACrash() {
        Pod pressed = new PodBuilder(exited(137, "Error", null))
                .editStatus()
                .withReason("Evicted")
                .withMessage(
                        "The node was low on resource: ephemeral-storage. Container worker was using 3Gi, request is 0")
                .addNewCondition()
                .withType("DisruptionTarget")
                .withStatus("True")
                .withReason("TerminationByKubelet")
                .endCondition()
                .endStatus()
                .build();
        Ended ended = ended(pressed);
        assertThat(ended.cause()).isEqualTo(Cause.DISRUPTED);
        assertThat(ended.reason()).isEqualTo(Reason.Evicted);
        assertThat(ended.message()).contains("using 3Gi");
    }

    @Test
    void countsAnEvictionThatThePodsOwnUsageCaused() {
        Pod greedy = pod(
                "Failed",
                status -> status.withReason("Evicted")
                        .withMessage("Usage of EmptyDir volume \"scratch\" exceeds the limit \"1Gi\"."));
        Ended ended = ended(greedy);
        assertThat(ended.cause()).isEqualTo(Cause.FAILED);
        assertThat(ended.reason()).isEqualTo(Reason.DiskLimitExceeded);
        assertThat(ended.message()).contains("exceeds the limit \"1Gi\"");
    }

    @Test
    void endsAStageBeyondItsDeadline() {
        Job late = job(1, "Failed");
        late.getStatus().getConditions().getFirst().setReason("DeadlineExceeded");
        Ended ended = (Ended) state(late);
        assertThat(ended.cause()).isEqualTo(Cause.PERMANENT);
        assertThat(ended.reason()).isEqualTo(Reason.DeadlineExceeded);
    }

    @Test
    void keepsTheSentenceOfAWorkerThatIsNewer() {
        Ended ended =
                ended(exited(75, "Error", "{\"reason\":\"Later\",\"message\":\"said by a later release\",\"x\":1}"));
        assertThat(ended.reason()).isEqualTo(Reason.WorkerFailed);
        assertThat(ended.message()).isEqualTo("said by a later release");
    }

    @Test
    void runsWhileAtLeastOneShardRuns() {
        Job sharded =
                new JobBuilder(job(1)).editSpec().withCompletions(2).endSpec().build();
        AttemptState state = state(sharded, pod("Running", status -> status), containerWaits("ContainerCreating"));
        assertThat(((Running) state).message()).startsWith("1 of 2 workers run");
    }

    private static Pod containerWaits(String reason) {
        return pod(
                "Pending",
                status -> status.withStartTime(NOW.minusSeconds(60).toString())
                        .addNewContainerStatus()
                        .withName("worker")
                        .withNewState()
                        .withNewWaiting("as events say", reason)
                        .endState()
                        .endContainerStatus());
    }
}
