package io.viewal.operator.job;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;

/** Nothing can be made in a namespace that is being deleted, and nobody needs to be told. */
public final class NamespaceGoneException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NamespaceGoneException(String namespace, Throwable cause) {
        super("The namespace '%s' is being deleted".formatted(namespace), cause);
    }

    /** True when the API server refuses something for this. */
    public static boolean tells(KubernetesClientException e) {
        Status status = e.getStatus();
        if (status == null) {
            return false;
        }
        boolean terminating = status.getDetails() != null
                && status.getDetails().getCauses().stream()
                        .anyMatch(cause -> "NamespaceTerminating".equals(cause.getReason()));
        boolean gone = e.getCode() == HttpURLConnection.HTTP_NOT_FOUND
                && status.getDetails() != null
                && "namespaces".equals(status.getDetails().getKind());
        return terminating || gone;
    }
}
