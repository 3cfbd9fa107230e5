package io.viewal.contract;

/** Environment and files of a worker container. */
public final class WorkerEnv {

    /** Path of the {@link StageRequest} as JSON. */
    public static final String REQUEST_FILE = "VIEWAL_REQUEST_FILE";

    /** {@link StageRequest#digest()} of the request, which the result repeats. */
    public static final String REQUEST_DIGEST = "VIEWAL_REQUEST_DIGEST";

    /**
     * Folder with the files {@code accessKey}, {@code secretKey} and perhaps {@code sessionToken}; unset: the pod's own
     * identity, as Amazon's SDKs look for it.
     */
    public static final String CREDENTIALS_DIR = "VIEWAL_CREDENTIALS_DIR";

    /** Folder for files that need not outlive the process. */
    public static final String SCRATCH_DIR = "VIEWAL_SCRATCH_DIR";

    /** Path that the {@link StageFailure} is written to; the kubelet reads it. */
    public static final String TERMINATION_LOG = "VIEWAL_TERMINATION_LOG";

    /** Devices granted to the container; set by the operator to the count asked for. */
    public static final String GPUS = "VIEWAL_GPUS";

    /** Index of the shard, set by Kubernetes for Indexed Jobs. */
    public static final String SHARD = "JOB_COMPLETION_INDEX";

    /** Name of the file with the access key in {@link #CREDENTIALS_DIR}, and of the Secret's entry. */
    public static final String ACCESS_KEY = "accessKey";

    /** Name of the file with the secret key in {@link #CREDENTIALS_DIR}, and of the Secret's entry. */
    public static final String SECRET_KEY = "secretKey";

    /** Name of the file with the token of temporary keys in {@link #CREDENTIALS_DIR}, and of the Secret's entry. */
    public static final String SESSION_TOKEN = "sessionToken";

    /** PEM file of certificate authorities to trust beside the platform's; OpenSSL's own variable. */
    public static final String CA_FILE = "SSL_CERT_FILE";

    private WorkerEnv() {}
}
