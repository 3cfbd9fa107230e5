package io.viewal.worker.cli;

import com.fasterxml.jackson.databind.SerializationFeature;
import io.viewal.contract.ContractJson;
import io.viewal.worker.dataset.check.SceneFinding;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says whether the views of each scene agree, and why not. */
@Command(
        name = "check",
        description = {
            "Compare the views of each scene with each other and name what is wrong with scale, axes, poses,"
                    + " intrinsics",
            "or order, and what to write instead. Exits with 65 when something is, with 3 when it is doubtful alone."
        })
final class DatasetCheckCommand implements Callable<Integer> {

    @Parameters(paramLabel = "DIR", description = "A folder of scenes with a transforms.json each.")
    private Path folder;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        CheckedScenes scenes = new CheckedScenes(folder);
        PrintWriter out = spec.commandLine().getOut();
        if (!json) {
            out.printf(
                    "%-24s %7s %6s %7s %7s %8s %7s %6s  %s%n",
                    "SCENE", "FRAMES", "PAIRS", "POINTS", "AGREE", "THROUGH", "COLOUR", "SCORE", "RESULT");
        }
        List<SceneFinding> findings = new ArrayList<>();
        for (String name : scenes.names()) {
            SceneFinding finding = scenes.check(name);
            findings.add(finding);
            if (!json) {
                row(out, finding);
            }
        }
        if (json) {
            out.println(ContractJson.mapper()
                    .writer(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsString(Map.of("scenes", findings)));
        } else {
            CheckSummary.print(out, findings);
        }
        out.flush();
        return CheckSummary.exitCode(findings);
    }

    private static void row(PrintWriter out, SceneFinding finding) {
        out.printf(
                Locale.ROOT,
                "%-24s %7d %6d %7d %6.1f%% %7.1f%% %7.2f %6.2f  %s%n",
                finding.scene(),
                finding.frames(),
                finding.asIs().pairs(),
                finding.asIs().points(),
                100 * finding.asIs().agreeing(),
                100 * finding.asIs().through(),
                finding.asIs().color(),
                finding.asIs().score(),
                finding.fault());
        out.flush();
    }
}
