package io.viewal.operator.job;

/** The API server refuses a Job: a quota, an admission policy, a name that another's Job has. */
public final class JobRejectedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    JobRejectedException(String job, Throwable cause) {
        super("the API server refuses the Job '%s': %s".formatted(job, cause.getMessage()), cause);
    }
}
