package io.viewal.operator.condition;

/**
 * Where a resource stands, in one word and one sentence.
 *
 * @param message names the thing, what was expected and, when someone must act, what to do
 */
public record Verdict(Kind kind, Reason reason, String message) {

    /** Kinds of verdict, and how kstatus reads them. */
    public enum Kind {
        /** Work goes on, or waits for something that comes by itself. */
        PROGRESSING(false, true, false),
        /** Someone must act; goes on by itself when they did. */
        STALLED(false, false, true),
        /** Held on the user's wish. */
        HELD(false, false, false),
        /** Given up for good. */
        FAILED(false, false, true),
        /** Done for good. */
        COMPLETE(true, false, false);

        private final boolean ready;
        private final boolean reconciling;
        private final boolean stalled;

        Kind(boolean ready, boolean reconciling, boolean stalled) {
            this.ready = ready;
            this.reconciling = reconciling;
            this.stalled = stalled;
        }

        /** The status of {@link ConditionType#Ready}. */
        public boolean ready() {
            return ready;
        }

        /** The status of {@link ConditionType#Reconciling}. */
        public boolean reconciling() {
            return reconciling;
        }

        /** The status of {@link ConditionType#Stalled}. */
        public boolean stalled() {
            return stalled;
        }

        /** True when nothing will change any more. */
        public boolean terminal() {
            return this == FAILED || this == COMPLETE;
        }
    }

    /** Work goes on. */
    public static Verdict progressing(Reason reason, String message) {
        return new Verdict(Kind.PROGRESSING, reason, message);
    }

    /** Someone must act. */
    public static Verdict stalled(Reason reason, String message) {
        return new Verdict(Kind.STALLED, reason, message);
    }

    /** Given up. */
    public static Verdict failed(Reason reason, String message) {
        return new Verdict(Kind.FAILED, reason, message);
    }
}
