package io.viewal.operator.job;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Live access to Jobs and their pods. */
public class JobClient {

    /** The API server's answers that another try with the same Job would get again until someone acts. */
    private static final Set<Integer> REFUSALS =
            Set.of(HttpURLConnection.HTTP_BAD_REQUEST, HttpURLConnection.HTTP_FORBIDDEN, 422);

    private final KubernetesClient client;

    public JobClient(KubernetesClient client) {
        this.client = client;
    }

    /** The Job as the API server has it now. */
    Optional<Job> get(String namespace, String name) {
        return Optional.ofNullable(
                client.batch().v1().jobs().inNamespace(namespace).withName(name).get());
    }

    /** The Job's pods as the API server has them now. */
    List<Pod> pods(Job job) {
        return client
                .pods()
                .inNamespace(job.getMetadata().getNamespace())
                .withLabel("job-name", job.getMetadata().getName())
                .list()
                .getItems()
                .stream()
                .filter(pod -> ownedBy(
                        pod.getMetadata().getOwnerReferences(),
                        job.getMetadata().getUid()))
                .toList();
    }

    /** What fails, says who works on it: the kubelet, of a pod that it sets up; the Job controller, of a Job's pods. */
    Optional<String> trouble(HasMetadata about) {
        return events(about)
                .filter(event ->
                        event.getType().equals("Warning") && event.getReason().startsWith("Failed"))
                .max(Comparator.comparing(JobClient::time))
                .map(Event::getMessage);
    }

    /** The newest event about a pod. */
    Optional<String> lastWord(Pod pod) {
        return events(pod).max(Comparator.comparing(JobClient::time)).map(Event::getMessage);
    }

    private Stream<Event> events(HasMetadata about) {
        return client
                .v1()
                .events()
                .inNamespace(about.getMetadata().getNamespace())
                .withField("involvedObject.uid", about.getMetadata().getUid())
                .list()
                .getItems()
                .stream();
    }

    /**
     * Creates the Job.
     *
     * @return the Job, be it new or made before by the same owner
     * @throws JobRejectedException when the API server refuses it
     * @throws NamespaceGoneException when its namespace is being deleted, or is
     */
    public Job create(Job job) {
        try {
            return client.resource(job).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return made(job, e);
            }
            if (NamespaceGoneException.tells(e)) {
                throw new NamespaceGoneException(job.getMetadata().getNamespace(), e);
            }
            if (REFUSALS.contains(e.getCode())) {
                throw new JobRejectedException(job.getMetadata().getName(), e);
            }
            throw e;
        }
    }

    /** Deletes the Job; its workers get their grace period. */
    public void delete(String namespace, String name) {
        client.batch().v1().jobs().inNamespace(namespace).withName(name).delete();
    }

    private Job made(Job job, KubernetesClientException conflict) {
        String owner = job.getMetadata().getOwnerReferences().getFirst().getUid();
        return get(job.getMetadata().getNamespace(), job.getMetadata().getName())
                .filter(there -> ownedBy(there.getMetadata().getOwnerReferences(), owner))
                .orElseThrow(() -> new JobRejectedException(job.getMetadata().getName(), conflict));
    }

    private static boolean ownedBy(List<OwnerReference> references, String uid) {
        return references.stream().anyMatch(reference -> reference.getUid().equals(uid));
    }

    private static String time(Event event) {
        return event.getLastTimestamp() == null ? "" : event.getLastTimestamp();
    }
}
