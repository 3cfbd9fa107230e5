package io.viewal.operator.report;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.viewal.contract.Owner;
import io.viewal.operator.condition.Reason;
import io.viewal.operator.job.JobNames;
import java.time.Clock;
import java.util.Optional;
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
        for (ReportedEvent event : ReportedEvent.of(change)) {
            tell(change.resource(), change.owner(), event);
        }
    }

    /** Warns of what no status has a place for. */
    public void warn(HasMetadata resource, Owner owner, Reason reason, String message) {
        tell(resource, owner, new ReportedEvent(true, reason, message, Optional.empty()));
    }

    private void tell(HasMetadata resource, Owner owner, ReportedEvent event) {
        LOG.logf(
                event.warning() ? Logger.Level.WARN : Logger.Level.INFO,
                "%s %s/%s%s: %s: %s",
                owner.kind(),
                owner.namespace(),
                owner.name(),
                event.about().map(attempt -> job(owner, attempt)).orElse(""),
                event.reason(),
                event.message());
        events.publish(resource, event);
    }

    private static String job(Owner owner, ReportedEvent.AttemptOf attempt) {
        return " (Job %s, attempt %d)"
                .formatted(JobNames.of(owner, attempt.stage(), attempt.number()), attempt.number());
    }
}
