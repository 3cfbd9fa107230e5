package io.viewal.worker.cli;

import java.io.PrintWriter;

/** One line a piece of work: rewritten in place on a terminal, and otherwise written at each tenth. */
final class ProgressLine {

    private final PrintWriter out;
    private final boolean terminal =
            System.console() != null && System.console().isTerminal();
    private String work = "";
    private long tenth = -1;

    ProgressLine(PrintWriter out) {
        this.out = out;
    }

    /**
     * Shows how far the work has come.
     *
     * @param current name of the work; another one begins another line
     * @param unit what {@code done} and {@code total} count
     * @param message what more there is to say
     */
    void show(String current, long done, long total, String unit, String message) {
        long now = total == 0 ? 0 : 10 * done / total;
        if (!current.equals(work)) {
            work = current;
            tenth = -1;
        }
        if (!terminal && now == tenth) {
            return;
        }
        tenth = now;
        double percent = total <= 0 ? 0 : Math.min(100.0, 100.0 * done / total);
        String line = "  %-8s %3.0f %%  %d of %d %s, %s".formatted(current, percent, done, total, unit, message);
        boolean over = done >= total;
        out.print(terminal ? "\r\033[K" + line + (over ? System.lineSeparator() : "") : line + System.lineSeparator());
        out.flush();
    }
}
