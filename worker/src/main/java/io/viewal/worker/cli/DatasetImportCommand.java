package io.viewal.worker.cli;

import io.viewal.contract.ExitCode;
import io.viewal.contract.PrepareParameters.Preflight;
import io.viewal.contract.StageFailure;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.check.SceneFinding;
import io.viewal.worker.dataset.importer.ForeignSource;
import io.viewal.worker.dataset.importer.ImportFormat;
import io.viewal.worker.dataset.importer.ImportPolicy;
import io.viewal.worker.dataset.importer.ImportReport;
import io.viewal.worker.dataset.importer.ImportRun;
import io.viewal.worker.dataset.importer.OnError;
import io.viewal.worker.dataset.importer.source.SourceOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Turns a data set of another layout into scenes with a {@code transforms.json} each. */
@Command(
        name = "import",
        description = {
            "Write OUT/<scene>/transforms.json and its images from a data set, and what was left out into",
            "OUT/" + ImportReport.FILE + "."
        })
final class DatasetImportCommand implements Callable<Integer> {

    @Option(
            names = "--format",
            required = true,
            converter = FormatOption.class,
            description = "Layout of the source: ${COMPLETION-CANDIDATES}.",
            paramLabel = "FORMAT")
    private ImportFormat format;

    @Option(names = "--source", required = true, paramLabel = "PATH", description = "The data set; only read.")
    private Path source;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where the scenes go.")
    private Path out;

    @Option(
            names = "--on-error",
            defaultValue = "fail",
            paramLabel = "POLICY",
            description =
                    "fail: the first broken frame ends the import. skip: broken frames and scenes are left out and "
                            + "named in the report (${DEFAULT-VALUE}).")
    private OnError onError;

    @Option(
            names = "--every",
            defaultValue = "1",
            paramLabel = "N",
            description = "Take every Nth frame of a scene (${DEFAULT-VALUE}).")
    private int every;

    @Option(names = "--most", paramLabel = "N", description = "Take at most N frames of a scene.")
    private Optional<Integer> most;

    @Option(
            names = "--resume",
            description = "Leave scenes as they are that OUT has already; the other options must be the same.")
    private boolean resume;

    @Option(
            names = "--label-table",
            paramLabel = "FILE",
            description = "What the source's label ids mean; scannet: scannetv2-labels.combined.tsv, scenenet: "
                    + "wnid_to_class.txt.")
    private Optional<Path> labelTable;

    @Option(
            names = "--camera",
            paramLabel = "FX,FY,CX,CY",
            converter = CameraOption.class,
            description = "The camera in pixels of the colour images, for layouts that do not give it (tum).")
    private Optional<CameraOption.Camera> camera;

    @Option(
            names = "--depth-scale",
            paramLabel = "METRES",
            description =
                    "What a depth unit is, for layouts that do not say it (colmap: 0.001), or in place of what they say"
                            + " (tum, transforms).")
    private Optional<Double> depthScale;

    @Option(
            names = "--label-colors",
            paramLabel = "FILE",
            description = "What the colours of label maps stand for, lines of name:r,g,b as in CVAT's labelmap.txt"
                    + " (transforms; else a labelmap.txt beside transforms.json).")
    private Optional<Path> labelColors;

    @Option(
            names = "--no-superpixels",
            description = "Leave out the source's own superpixel maps, so that new ones are made.")
    private boolean leaveOutSuperpixels;

    @Option(
            names = "--preflight",
            defaultValue = "Fail",
            description =
                    "Compare the views of each scene, as 'dataset check' does, and say what is wrong: with an exit"
                            + " code (Fail), without (Warn), or not at all (Off). Scenes are written all the same"
                            + " (${DEFAULT-VALUE}).")
    private Preflight preflight;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter text = spec.commandLine().getOut();
        long start = System.nanoTime();
        ImportReport report = importInto(text);
        double seconds = (System.nanoTime() - start) / 1e9;
        report.leftOutLines().forEach(line -> text.println("left out: " + line));
        report.unlabeledLines().forEach(line -> text.println("without labels: " + line));
        report.notRead().forEach(files -> text.println("not read: " + files));
        text.printf(
                Locale.ROOT,
                "%d scenes, %d frames in %s; %d left out; %.1f frames/s%n",
                report.sceneCount(),
                report.frameCount(),
                out,
                report.leftOutLines().count(),
                report.frameCount() / seconds);
        int found = preflight == Preflight.Off ? ExitCode.OK : compareViews(report, text);
        text.flush();
        return preflight == Preflight.Fail ? found : ExitCode.OK;
    }

    private int compareViews(ImportReport report, PrintWriter text) throws IOException {
        CheckedScenes checked = new CheckedScenes(out);
        List<SceneFinding> findings = new ArrayList<>();
        for (ImportReport.SceneEntry scene : report.scenes()) {
            if (scene.outcome() == ImportReport.Outcome.IMPORTED) {
                findings.add(checked.check(scene.name()));
            }
        }
        CheckSummary.print(text, findings);
        return CheckSummary.exitCode(findings);
    }

    private ImportReport importInto(PrintWriter text) throws IOException {
        ImportPolicy policy =
                new ImportPolicy(onError, every, most.orElse(Integer.MAX_VALUE), resume, depthScale.isPresent());
        SourceOptions options = camera.map(given -> given.apply(plain())).orElseGet(this::plain);
        try {
            return new ImportRun(policy, scene -> progress(text, scene))
                    .run(new ForeignSource(format, source, options, policy), out);
        } catch (FileAlreadyExistsException e) {
            throw new InvalidInputException(
                    StageFailure.Reason.InvalidRequest,
                    e.getFile() + " is there already: give another --out, remove that scene first, or give --resume",
                    e);
        }
    }

    private SourceOptions plain() {
        SourceOptions options = new SourceOptions(!leaveOutSuperpixels, labelTable, Optional.empty(), depthScale);
        return labelColors.map(options::withLabelColors).orElse(options);
    }

    private static void progress(PrintWriter text, ImportReport.SceneEntry scene) {
        switch (scene.outcome()) {
            case IMPORTED -> text.println(scene.name() + ": " + scene.frames() + " frames");
            case THERE_ALREADY -> text.println(scene.name() + ": there already");
            case LEFT_OUT -> text.println(scene.name() + ": left out");
        }
        text.flush();
    }
}
