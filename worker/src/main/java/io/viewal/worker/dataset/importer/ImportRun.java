package io.viewal.worker.dataset.importer;

import io.viewal.contract.StageFailure;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.SafeName;
import io.viewal.worker.dataset.importer.ImportReport.Outcome;
import io.viewal.worker.dataset.importer.ImportReport.SceneEntry;
import io.viewal.worker.dataset.importer.source.ForeignScene;
import io.viewal.worker.dataset.importer.source.SourceFault;
import io.viewal.worker.dataset.importer.source.SourceFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Imports the scenes of a data set, one after the other; each appears whole in its folder. */
public final class ImportRun {

    private final ImportPolicy policy;
    private final Consumer<SceneEntry> progress;

    /** Kept with each scene; empty when only the scenes are given. */
    private Optional<ImportedWith> options = Optional.empty();

    /** Files and folders that became something, or are named otherwise. */
    private final Set<Path> known = new HashSet<>();

    /** @param progress told of each scene when it is done */
    public ImportRun(ImportPolicy policy, Consumer<SceneEntry> progress) {
        this.policy = policy;
        this.progress = progress;
    }

    /**
     * Writes {@code out/<scene>/transforms.json} and its images for every scene, and {@code out/import-report.json} at
     * the end, with the files of the source that no scene was made of.
     *
     * @param out folder for the scenes; a scene that it holds already is not overwritten
     * @throws InvalidInputException when something is broken and is to end the import, nothing is left to import, or an
     *     import is to be resumed with other options
     * @throws java.nio.file.FileAlreadyExistsException when a scene is there already
     */
    public ImportReport run(ForeignSource source, Path out) throws IOException {
        options = Optional.of(ImportedWith.of(source));
        known.add(absolute(out));
        source.options().labelTable().map(ImportRun::absolute).ifPresent(known::add);
        source.options().labelColors().map(ImportRun::absolute).ifPresent(known::add);
        List<SceneEntry> entries = entries(source.format().scenes(source.path(), source.options()), out);
        return written(
                new ImportReport(entries, policy.takesAll() ? NotRead.of(source.path(), known) : List.of()), out);
    }

    /** As above, whatever else lies beside the scenes. */
    public ImportReport run(List<ForeignScene> scenes, Path out) throws IOException {
        return written(new ImportReport(entries(scenes, out), List.of()), out);
    }

    private List<SceneEntry> entries(List<ForeignScene> scenes, Path out) throws IOException {
        requireNames(scenes);
        List<SceneEntry> entries = new ArrayList<>();
        for (ForeignScene scene : scenes) {
            SceneEntry entry = run(scene, out.resolve(scene.name()));
            entries.add(entry);
            progress.accept(entry);
        }
        return entries;
    }

    private ImportReport written(ImportReport report, Path out) throws IOException {
        if (report.scenes().stream().allMatch(entry -> entry.outcome() == Outcome.LEFT_OUT)) {
            throw SourceFault.invalid("Nothing could be imported. "
                    + report.leftOutLines().findFirst().orElse("The source has no scene"));
        }
        report.write(out);
        return report;
    }

    private SceneEntry run(ForeignScene scene, Path folder) throws IOException {
        if (policy.resume() && Files.exists(folder)) {
            if (options.isPresent()) {
                options.get().requireSame(folder);
            }
            scene.files().stream().map(ImportRun::absolute).forEach(known::add);
            return SceneEntry.thereAlready(scene.name());
        }
        try {
            SceneImport one = new SceneImport(scene, policy, () -> {}, options.map(ImportedWith::toBytes));
            SceneEntry entry = one.run(folder);
            known.addAll(one.filesRead());
            scene.files().stream()
                    .filter(file -> Files.isRegularFile(file) && !SourceFiles.isZip(file))
                    .map(ImportRun::absolute)
                    .forEach(known::add);
            return entry;
        } catch (InvalidInputException e) {
            if (policy.onError() == OnError.FAIL) {
                throw e;
            }
            scene.files().stream().map(ImportRun::absolute).forEach(known::add);
            return SceneEntry.leftOut(scene.name(), e.getMessage());
        }
    }

    private static Path absolute(Path file) {
        return file.toAbsolutePath().normalize();
    }

    /** Wrong names are the user's to change: no folder could be made of them, whatever the policy. */
    static void requireNames(List<ForeignScene> scenes) {
        Set<String> names = new HashSet<>();
        for (ForeignScene scene : scenes) {
            if (!SafeName.isSafe(scene.name())) {
                throw new InvalidInputException(
                        StageFailure.Reason.InvalidDataset,
                        "Scene '" + scene.name()
                                + "': rename it: letters, digits and . _ - alone, starting with a letter or digit");
            }
            if (!names.add(scene.name())) {
                throw new InvalidInputException(
                        StageFailure.Reason.InvalidDataset, "Two scenes have the name '" + scene.name() + "'");
            }
        }
    }
}
