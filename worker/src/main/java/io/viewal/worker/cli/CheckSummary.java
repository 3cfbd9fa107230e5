package io.viewal.worker.cli;

import io.viewal.contract.ExitCode;
import io.viewal.worker.dataset.check.SceneFinding;
import java.io.PrintWriter;
import java.util.List;

/** What is said at the end of what was found in several scenes. */
final class CheckSummary {

    private CheckSummary() {}

    /** Something wrong before something doubtful. */
    static int exitCode(List<SceneFinding> findings) {
        if (findings.stream().allMatch(SceneFinding::ok)) {
            return ExitCode.OK;
        }
        return findings.stream().allMatch(finding -> finding.ok() || finding.doubtful())
                ? ExitCode.DOUBTFUL
                : ExitCode.BAD_DATA;
    }

    /** A sentence for each scene that is not good. */
    static void print(PrintWriter out, List<SceneFinding> findings) {
        List<SceneFinding> wrong = findings.stream()
                .filter(finding -> !finding.ok() && !finding.doubtful())
                .toList();
        List<SceneFinding> doubtful =
                findings.stream().filter(SceneFinding::doubtful).toList();
        if (wrong.isEmpty() && doubtful.isEmpty()) {
            out.printf("%nThe views of all %d scenes agree.%n", findings.size());
        }
        print(out, "Wrong", wrong, findings.size());
        print(out, "Doubtful", doubtful, findings.size());
    }

    private static void print(PrintWriter out, String what, List<SceneFinding> some, int scenes) {
        if (!some.isEmpty()) {
            out.printf("%n%s in %d of %d scenes:%n", what, some.size(), scenes);
            some.forEach(finding -> out.println("  " + finding.sentence()));
        }
    }
}
