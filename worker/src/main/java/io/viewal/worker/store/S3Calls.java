package io.viewal.worker.store;

import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.contract.StoreLocation;
import io.viewal.worker.InvalidInputException;
import java.io.IOException;
import java.security.ProviderException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.logging.Logger;

/** Asks an S3 server; what may pass is asked again, after longer and longer pauses, until patience is spent. */
final class S3Calls {

    private static final Logger LOG = Logger.getLogger(S3Calls.class.getName());

    private static final Set<String> DENIED =
            Set.of("AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidSecurity", "Forbidden");

    /** The connection was too slow for the server, which says so with status 400. */
    private static final String TOO_SLOW = "RequestTimeout";

    private static final int FORBIDDEN = 403;
    private static final int REQUEST_TIMEOUT = 408;

    /** Another request was writing the same object at the same moment. */
    private static final int CONFLICT = 409;

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERRORS = 500;

    private final StoreLocation location;
    private final Patience patience;

    S3Calls(StoreLocation location, Patience patience) {
        this.location = location;
        this.patience = patience;
    }

    @FunctionalInterface
    interface Call<T> {
        T run() throws MinioException, IOException;
    }

    /**
     * Asks.
     *
     * @param key what is asked about, for messages
     * @throws StoreUnavailableException when patience is spent
     * @throws InvalidInputException when the server refuses for good
     */
    <T> T call(String key, Call<T> call) {
        long began = System.nanoTime();
        for (int failures = 1; ; failures++) {
            RuntimeException failure;
            try {
                return call.run();
            } catch (ErrorResponseException e) {
                failure = refused(key, e);
                if (!passing(e)) {
                    throw failure;
                }
            } catch (MinioException | IOException e) {
                failure = unavailable(key, e);
            } catch (ProviderException e) {
                throw new InvalidInputException(
                        Reason.StoreAccessDenied,
                        "There are no keys for the store " + location.endpoint() + " (" + e.getMessage()
                                + "): name a folder"
                                + " with the files accessKey and secretKey, or give the pod an identity",
                        e);
            } catch (IllegalStateException e) {
                failure = unavailable(key, e);
                // The client wraps a refused connection so.
                if (!(e.getCause() instanceof IOException)) {
                    throw failure;
                }
            }
            if (patience.spent(Duration.ofNanos(System.nanoTime() - began))) {
                throw failure;
            }
            pause(patience.pause(failures, ThreadLocalRandom.current()), failure);
        }
    }

    private static boolean passing(ErrorResponseException e) {
        int status = e.response().code();
        return status >= SERVER_ERRORS
                || status == REQUEST_TIMEOUT
                || status == CONFLICT
                || status == TOO_MANY_REQUESTS
                || TOO_SLOW.equals(e.errorResponse().code());
    }

    private RuntimeException refused(String key, ErrorResponseException e) {
        String code = e.errorResponse().code();
        if ("NoSuchBucket".equals(code)) {
            return bucketNotFound();
        }
        if (DENIED.contains(code) || e.response().code() == FORBIDDEN) {
            return new InvalidInputException(
                    Reason.StoreAccessDenied,
                    "The store " + location.endpoint() + " refuses access to '" + key + "' in the bucket '"
                            + location.bucket() + "' (" + code + ": "
                            + e.errorResponse().message()
                            + "): correct the credentials, or grant them reading, writing and listing",
                    e);
        }
        return unavailable(key, e);
    }

    private InvalidInputException bucketNotFound() {
        return new InvalidInputException(
                Reason.BucketNotFound,
                "The store " + location.endpoint() + " has no bucket '" + location.bucket()
                        + "': make it, or correct the round class");
    }

    private StoreUnavailableException unavailable(String key, Exception e) {
        return new StoreUnavailableException(
                "The store " + location.endpoint() + " did not answer for '" + key + "': " + e.getMessage(), e);
    }

    private static void pause(Duration pause, RuntimeException failure) {
        if (pause.toSeconds() > 0) {
            LOG.warning(() -> failure.getMessage() + "; asked again in " + pause.toSeconds() + " s");
        }
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("Interrupted while waiting for the store", e);
        }
    }
}
