package io.viewal.operator.pipeline;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.HttpURLConnection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes a status, whole and under optimistic lock. It is done here and not by the Operator SDK's update control: that
 * one takes the answer for its own echo, and an edit of the spec that was made while the status was on its way would be
 * filtered out with it. Here such an edit makes the write fail, and its own event brings the resource back.
 */
public final class StatusWriter {

    /** How a write went. */
    public enum Written {
        /** As wished. */
        DONE,
        /** The resource changed meanwhile: look at it anew. */
        CONFLICT,
        /** The resource is gone. */
        GONE
    }

    private static final int MAX_REPLACED = 4096;

    private final KubernetesClient client;

    /** The version that the last write of a resource's status replaced, by the resource's uid. */
    private final Map<String, String> replaced = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MAX_REPLACED;
        }
    });

    public StatusWriter(KubernetesClient client) {
        this.client = client;
    }

    /** True while the cache still has what the last write has replaced: a write from it would be refused. */
    public boolean hasReplaced(HasMetadata resource) {
        return resource.getMetadata().getResourceVersion() != null
                && resource.getMetadata()
                        .getResourceVersion()
                        .equals(replaced.get(resource.getMetadata().getUid()));
    }

    /** Writes the status of a resource, which must carry the version that the status was made from. */
    public <S, R extends CustomResource<?, S>> Written write(R resource, S status) {
        // A copy, as the resource may be the cache's own.
        R next = Serialization.clone(resource);
        next.setStatus(status);
        try {
            String version = client.resource(next).updateStatus().getMetadata().getResourceVersion();
            if (!version.equals(resource.getMetadata().getResourceVersion())) {
                replaced.put(
                        resource.getMetadata().getUid(), resource.getMetadata().getResourceVersion());
            }
            return Written.DONE;
        } catch (KubernetesClientException e) {
            return switch (e.getCode()) {
                case HttpURLConnection.HTTP_CONFLICT -> Written.CONFLICT;
                case HttpURLConnection.HTTP_NOT_FOUND -> Written.GONE;
                default -> throw e;
            };
        }
    }
}
