package io.viewal.operator.report;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.viewal.contract.ContractJson;
import io.viewal.operator.job.NamespaceGoneException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.jboss.logging.Logger;

/**
 * Publishes events. The same event of the same resource has the same name, so that it is counted up and not told
 * twice, whichever operator tells it.
 */
final class EventRecorder {

    private static final Logger LOG = Logger.getLogger(EventRecorder.class);
    private static final String SOURCE = "viewal-operator";
    private static final int MAX_MESSAGE_CHARS = 1024;
    private static final int HASH_LENGTH = 16;

    private final KubernetesClient client;
    private final Clock clock;

    EventRecorder(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /** Publishes; one that can't be published is logged, as work must not fail for it. */
    void publish(HasMetadata about, ReportedEvent reported) {
        try {
            Event event = event(about, reported);
            try {
                client.resource(event).create();
            } catch (KubernetesClientException e) {
                if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                    throw e;
                }
                countUp(event);
            }
        } catch (KubernetesClientException e) {
            if (NamespaceGoneException.tells(e)) {
                return;
            }
            LOG.warnf(
                    "No event %s for %s: %s",
                    reported.reason(), about.getMetadata().getName(), e.getMessage());
        }
    }

    private void countUp(Event event) {
        client.v1()
                .events()
                .inNamespace(event.getMetadata().getNamespace())
                .withName(event.getMetadata().getName())
                .edit(known -> new EventBuilder(known)
                        .withCount(known.getCount() == null ? 2 : known.getCount() + 1)
                        .withLastTimestamp(event.getLastTimestamp())
                        .build());
    }

    private Event event(HasMetadata about, ReportedEvent reported) {
        String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        String message = reported.message();
        return new EventBuilder()
                .withNewMetadata()
                .withName(name(about, reported))
                .withNamespace(about.getMetadata().getNamespace())
                .endMetadata()
                .withType(reported.warning() ? "Warning" : "Normal")
                .withReason(reported.reason().name())
                .withMessage(message.length() > MAX_MESSAGE_CHARS ? message.substring(0, MAX_MESSAGE_CHARS) : message)
                .withNewInvolvedObject()
                .withApiVersion(about.getApiVersion())
                .withKind(about.getKind())
                .withNamespace(about.getMetadata().getNamespace())
                .withName(about.getMetadata().getName())
                .withUid(about.getMetadata().getUid())
                .endInvolvedObject()
                .withNewSource()
                .withComponent(SOURCE)
                .endSource()
                .withReportingComponent(SOURCE)
                .withFirstTimestamp(now)
                .withLastTimestamp(now)
                .withCount(1)
                .build();
    }

    private static String name(HasMetadata about, ReportedEvent reported) {
        String what = about.getMetadata().getUid() + reported.reason() + reported.message();
        String hash = ContractJson.sha256(what.getBytes(StandardCharsets.UTF_8)).substring(0, HASH_LENGTH);
        return about.getMetadata().getName() + "." + hash;
    }
}
