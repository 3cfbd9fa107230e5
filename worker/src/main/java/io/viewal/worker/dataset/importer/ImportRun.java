package io.viewal.worker.dataset.importer;

import io.viewal.contract.StageFailure;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.SafeName;
import io.viewal.worker.dataset.importer.ImportReport.LeftOut;
import io.viewal.worker.dataset.importer.ImportReport.Outcome;
import io.viewal.worker.dataset.importer.ImportReport.SceneEntry;
import io.viewal.worker.dataset.importer.source.ForeignScene;
import io.viewal.worker.dataset.importer.source.SourceFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Imports the scenes of a data set, one after the other; each appears whole in its folder. */
public final class ImportRun {

    private final ImportPolicy policy;
    private final Consumer<SceneEntry> progress;

    /** @param progress told of each scene when it is done */
    public ImportRun(ImportPolicy policy, Consumer<SceneEntry> progress) {
        this.policy = policy;
        this.progress = progress;
    }

    /**
     * Writes {@code out/<scene>/transforms.json} and its images for every scene, and {@code out/import-report.json} at
     * the end.
     *
     * @param out folder for the scenes; a scene that it holds already is not overwritten
     * @throws InvalidInputException when something is broken and is to end the import, or nothing is left to import
     * @throws java.nio.file.FileAlreadyExistsException when a scene is there already
     */
    public ImportReport run(List<ForeignScene> scenes, Path out) throws IOException {
        requireNames(scenes);
        List<SceneEntry> entries = new ArrayList<>();
        for (ForeignScene scene : scenes) {
            SceneEntry entry = run(scene, out.resolve(scene.name()));
            entries.add(entry);
            progress.accept(entry);
        }
        ImportReport report = new ImportReport(entries);
        if (entries.stream().allMatch(entry -> entry.outcome() == Outcome.LEFT_OUT)) {
            throw SourceFault.invalid("Nothing could be imported. "
                    + report.leftOutLines().findFirst().orElseThrow());
        }
        report.write(out);
        return report;
    }

    private SceneEntry run(ForeignScene scene, Path folder) throws IOException {
        if (policy.resume() && Files.exists(folder)) {
            return new SceneEntry(scene.name(), Outcome.THERE_ALREADY, 0, 0, List.of());
        }
        try {
            return new SceneImport(scene, policy, () -> {}).run(folder);
        } catch (InvalidInputException e) {
            if (policy.onError() == OnError.FAIL) {
                throw e;
            }
            return new SceneEntry(scene.name(), Outcome.LEFT_OUT, 0, 0, List.of(new LeftOut(null, e.getMessage())));
        }
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
