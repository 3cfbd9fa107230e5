package io.viewal.operator.report;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import org.jboss.logging.Logger;

/** Tells what a written status changed: by events, metrics and the log. */
public final class Reporter {

    private static final Logger LOG = Logger.getLogger(Reporter.class);

    private final EventRecorder events;
    private final OperatorMeters meters;

    public Reporter(KubernetesClient client, OperatorMeters meters, Clock clock) {
        this.events = new EventRecorder(client, clock);
        this.meters = meters;
    }

    /** Tells. */
    public void report(Change change) {
        for (int i = 0; i < change.after().size(); i++) {
            meters.count(change.before().get(i), change.after().get(i));
        }
        ObjectMeta about = change.resource().getMetadata();
        for (Happening happening : Happening.of(change)) {
            LOG.infof("%s/%s: %s: %s", about.getNamespace(), about.getName(), happening.reason(), happening.message());
            events.publish(change.resource(), happening);
        }
    }
}
