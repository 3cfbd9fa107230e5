package io.viewal.worker.labeling;

/** What a browser asked for is refused, in a sentence. */
final class RefusedException extends RuntimeException {

    static final int BAD_REQUEST = 400;
    static final int FORBIDDEN = 403;
    static final int NOT_FOUND = 404;
    static final int METHOD_NOT_ALLOWED = 405;
    static final int TOO_LARGE = 413;

    private final int status;

    RefusedException(int status, String sentence) {
        super(sentence);
        this.status = status;
    }

    /** Of the HTTP response. */
    int status() {
        return status;
    }
}
