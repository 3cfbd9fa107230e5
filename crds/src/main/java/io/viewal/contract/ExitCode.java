package io.viewal.contract;

/** Exit codes of the worker, after BSD's sysexits. */
public final class ExitCode {

    /** The stage is committed, by this attempt or an earlier one. */
    public static final int OK = 0;

    /** Of the command line: done, and nothing shows that the data are right. */
    public static final int DOUBTFUL = 3;

    /** The request is wrong; no retry. */
    public static final int BAD_REQUEST = 64;

    /** The input data are wrong; no retry. */
    public static final int BAD_DATA = 65;

    /** The store stayed away for longer than the worker waits: nobody's fault, retried free of charge. */
    public static final int UNAVAILABLE = 69;

    /** A defect of the worker; retried. */
    public static final int SOFTWARE = 70;

    /** Something outside failed for now; retried. */
    public static final int TEMPORARY = 75;

    /** Waits for people to answer; goes on when started again. Above sysexits' numbers. */
    public static final int AWAITING_ANSWERS = 79;

    /** Stopped by SIGTERM (128 + 15): a disruption, retried free of charge. */
    public static final int TERMINATED = 143;

    private ExitCode() {}

    /** True when no further attempt can help. */
    public static boolean permanent(int exitCode) {
        return exitCode == BAD_REQUEST || exitCode == BAD_DATA;
    }
}
