package io.viewal.operator.pipeline;

import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.HttpURLConnection;

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

    private final KubernetesClient client;

    public StatusWriter(KubernetesClient client) {
        this.client = client;
    }

    /** Writes the status of a resource, which must carry the version that the status was made from. */
    public <S, R extends CustomResource<?, S>> Written write(R resource, S status) {
        // A copy, as the resource may be the cache's own.
        R next = Serialization.clone(resource);
        next.setStatus(status);
        try {
            client.resource(next).updateStatus();
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
