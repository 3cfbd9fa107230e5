package io.viewal.operator.job;

import io.viewal.operator.condition.Reason;

/** The API server refuses a Job: a quota, an admission policy, a name that another's Job has. */
public final class JobRejectedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    JobRejectedException(String job, Throwable cause) {
        super("the API server refuses the Job '%s': %s".formatted(job, cause.getMessage()), cause);
    }

    /** {@link Reason#QuotaExceeded} when there would be room if others ended, otherwise {@link Reason#JobRejected}. */
    public Reason reason() {
        return PodRefusals.exceedsQuota(getMessage()) ? Reason.QuotaExceeded : Reason.JobRejected;
    }
}
