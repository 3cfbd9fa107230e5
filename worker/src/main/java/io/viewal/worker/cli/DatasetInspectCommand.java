package io.viewal.worker.cli;

import io.viewal.contract.ExitCode;
import io.viewal.worker.dataset.ClassPixels;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.VoidLabel;
import io.viewal.worker.dataset.inspect.ContactSheet;
import io.viewal.worker.dataset.inspect.DatasetInspector;
import io.viewal.worker.dataset.inspect.SceneReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Figures, problems and pictures of a data set. */
@Command(
        name = "inspect",
        description = {
            "Print the scenes of a data set, their figures and what is wrong with them.",
            "Exits with 65 when something is."
        })
final class DatasetInspectCommand implements Callable<Integer> {

    /** A sheet has at most this many scenes, so that it stays a picture that can be opened. */
    private static final int SHEET_SCENES = 24;

    @Parameters(
            paramLabel = "DIR",
            description = "A folder of scenes with a transforms.json each, or of a prepared data set (manifest.json).")
    private Path folder;

    @Option(names = "--width", defaultValue = "320", description = "Width to read frames at (${DEFAULT-VALUE}).")
    private int width;

    @Option(names = "--height", defaultValue = "240", description = "Height to read frames at (${DEFAULT-VALUE}).")
    private int height;

    @Option(
            names = "--sheet",
            paramLabel = "PNG",
            description = "Write a picture of some frames of each scene: colour with superpixels, depth, labels.")
    private Path sheetFile;

    @Option(
            names = "--sheet-frames",
            defaultValue = "6",
            description = "Frames of each scene in the picture (${DEFAULT-VALUE}).")
    private int sheetFrames;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        DatasetInspector inspector = DatasetInspector.open(folder, new ImageSize(width, height));
        PrintWriter out = spec.commandLine().getOut();
        List<String> scenes = inspector.scenes();
        ContactSheet sheet = new ContactSheet(inspector.size(), sheetFrames);
        List<SceneReport> reports = new ArrayList<>();
        out.printf(
                "%-24s %7s %8s %7s %7s %7s %8s %9s%n",
                "SCENE", "FRAMES", "LABELED", "DEPTH", "NEAR", "FAR", "REGIONS", "PROBLEMS");
        for (String scene : scenes) {
            int samples = sheetFile != null && reports.size() < SHEET_SCENES ? sheetFrames : 0;
            SceneReport report = inspector.inspect(
                    scene, samples, f -> sheet.add(f.color(), f.depth(), f.labels(), f.superpixels()));
            row(out, report);
            reports.add(report);
        }
        classes(out, inspector.classes(), reports);
        notes(out, inspector.classes(), reports);
        if (!Double.isNaN(inspector.superpixelMeanIoU())) {
            out.printf(
                    Locale.ROOT,
                    "%nLabels of whole superpixels allow a mean IoU of %.1f%% at most.%n",
                    100 * inspector.superpixelMeanIoU());
        }
        if (sheetFile != null) {
            Files.write(sheetFile, sheet.png());
            out.printf("%npicture: %s%n", sheetFile);
        }
        int problems = problems(out, inspector.problems(), reports);
        out.flush();
        return problems == 0 ? ExitCode.OK : ExitCode.BAD_DATA;
    }

    private static void row(PrintWriter out, SceneReport r) {
        out.printf(
                Locale.ROOT,
                "%-24s %7d %8d %6.1f%% %5.2f m %5.2f m %8.1f %9d%n",
                r.scene(),
                r.frames(),
                r.labeledFrames(),
                100 * r.depthCoverage(),
                r.near(),
                r.far(),
                r.regions(),
                r.problems().size());
        out.flush();
    }

    private static void classes(PrintWriter out, List<String> names, List<SceneReport> reports) {
        long[] pixels = new long[VoidLabel.ID + 1];
        reports.forEach(r -> IntStream.range(0, pixels.length).forEach(c -> pixels[c] += r.classPixels()[c]));
        long all = IntStream.range(0, pixels.length).mapToLong(c -> pixels[c]).sum();
        out.printf("%n%-24s %4s %14s %8s%n", "CLASS", "ID", "PIXELS", "SHARE");
        for (int c = 0; c < pixels.length; c++) {
            boolean isVoid = c == VoidLabel.ID;
            if (pixels[c] > 0 || c < names.size()) {
                String name = isVoid ? "(void)" : c < names.size() ? names.get(c) : "(unnamed)";
                out.printf(
                        Locale.ROOT,
                        "%-24s %4d %14d %7.2f%%%n",
                        name,
                        c,
                        pixels[c],
                        100.0 * pixels[c] / Math.max(1, all));
            }
        }
    }

    private static void notes(PrintWriter out, List<String> names, List<SceneReport> reports) {
        ClassPixels pixels = new ClassPixels();
        reports.forEach(report -> IntStream.range(0, report.classPixels().length)
                .forEach(id -> pixels.add(Map.of(id, report.classPixels()[id]))));
        List<String> notes = pixels.notes(names);
        if (!notes.isEmpty()) {
            out.printf("%nLabels: %s.%n", String.join("; ", notes));
        }
    }

    private static int problems(PrintWriter out, List<String> general, List<SceneReport> reports) {
        // What is wrong with a scene may have been found when the class list was read.
        Set<String> all = new LinkedHashSet<>(general);
        reports.forEach(report -> all.addAll(report.problems()));
        if (!all.isEmpty()) {
            out.printf("%nProblems:%n");
            all.forEach(problem -> out.println("  " + problem));
        }
        return all.size();
    }
}
