package io.viewal.worker.dataset.importer;

import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.SourceFrame;
import io.viewal.worker.dataset.SourceScene;
import io.viewal.worker.dataset.VoidLabel;
import io.viewal.worker.dataset.check.SceneFolders;
import io.viewal.worker.dataset.importer.source.SourceOptions;
import io.viewal.worker.dataset.interchange.DirectorySceneSource;
import io.viewal.worker.dataset.interchange.TransformsScenes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Imports copies of a source and compares them with what the source itself becomes. */
final class SpoiledImport {

    /** Mean difference of colours that another encoder leaves in noisy images, in levels of 255. */
    private static final double ENCODER = 12;

    private final EveryFormat.Written source;
    private final Path temp;
    private final Map<String, SourceFrame> truth;
    private final List<String> told;

    SpoiledImport(EveryFormat.Written source, Path temp) throws IOException {
        this.source = source;
        this.temp = temp;
        Path out = Files.createTempDirectory(temp, "out");
        this.told = told(imported(source.source(), out));
        this.truth = frames(out);
    }

    /** What becomes of a copy. */
    Outcome outcome(Path copy) throws IOException {
        Path out = Files.createTempDirectory(temp, "out");
        List<String> report;
        Map<String, SourceFrame> frames;
        try {
            report = told(imported(copy, out));
            frames = frames(out);
        } catch (InvalidInputException e) {
            return Outcome.REFUSED;
        }
        boolean missing = frames.size() < truth.size();
        for (Map.Entry<String, SourceFrame> frame : frames.entrySet()) {
            SourceFrame expected = truth.get(frame.getKey());
            boolean unlabeled = expected != null
                    && expected.labels() != null
                    && frame.getValue().labels() == null;
            if (expected == null || !same(expected, frame.getValue(), unlabeled)) {
                return good(out) ? Outcome.UNNOTICED : Outcome.CHECKED;
            }
            missing |= unlabeled;
        }
        if (!missing) {
            return Outcome.SAME;
        }
        return report.equals(told) ? Outcome.VANISHED : Outcome.TOLD;
    }

    private ImportReport imported(Path folder, Path out) throws IOException {
        SourceOptions options = SourceOptions.NONE;
        if (source.table() != null) {
            options = options.withLabelTable(
                    folder.resolveSibling(source.table().getFileName().toString()));
        }
        if (source.camera() != null) {
            options = options.withCamera(source.camera());
        }
        return new ImportRun(ImportPolicy.STRICT, scene -> {})
                .run(new ForeignSource(source.format(), folder, options, ImportPolicy.STRICT), out);
    }

    /** What a report says beside frames. */
    private static List<String> told(ImportReport report) {
        return Stream.of(
                        report.leftOutLines(),
                        report.unlabeledLines(),
                        report.notRead().stream().map(NotRead::toString))
                .flatMap(lines -> lines)
                .toList();
    }

    private static Map<String, SourceFrame> frames(Path out) throws IOException {
        Map<String, SourceFrame> frames = new TreeMap<>();
        TransformsScenes scenes = new TransformsScenes(new DirectorySceneSource(out));
        for (String name : scenes.names()) {
            SourceScene scene = scenes.open(name, ImportTrial.SIZE, VoidLabel.ID);
            for (int i = 0; i < scene.frameNames().size(); i++) {
                frames.put(name + "/" + scene.frameNames().get(i), scene.read(i));
            }
        }
        return frames;
    }

    private static boolean good(Path out) throws IOException {
        return SceneFolders.scenes(out).stream()
                .allMatch(scene -> SceneFolders.check(scene).ok());
    }

    private static boolean same(SourceFrame a, SourceFrame b, boolean unlabeled) {
        return near(a.color(), b.color())
                && Arrays.equals(a.depth(), b.depth())
                && (unlabeled || Arrays.equals(a.labels(), b.labels()))
                && a.frame().equals(b.frame());
    }

    private static boolean near(byte[] a, byte[] b) {
        long sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += Math.abs((a[i] & 0xff) - (b[i] & 0xff));
        }
        return sum <= ENCODER * a.length;
    }
}
