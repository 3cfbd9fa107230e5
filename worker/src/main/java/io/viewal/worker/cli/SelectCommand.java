package io.viewal.worker.cli;

import io.viewal.contract.Mode;
import io.viewal.contract.SelectParameters.Budget;
import io.viewal.contract.SelectParameters.Unit;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.acquisition.Strategies;
import io.viewal.worker.artifact.RegionNamesCsv;
import io.viewal.worker.artifact.SelectionCsv;
import io.viewal.worker.npy.NpyFile;
import io.viewal.worker.selection.Choices;
import io.viewal.worker.selection.LabelingBudget;
import io.viewal.worker.selection.OverlapIndex;
import io.viewal.worker.stage.RegionPool;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Chooses regions from what {@link ScoreCommand} wrote. */
@Command(
        name = "select",
        description = {
            "Choose the regions that are most worth labeling, from the scores that 'viewal score' wrote.",
            "Writes a table: rank,scene,frame,superpixel,pixels,score,divergence; superpixel -1 is a whole frame, 65x65+8+0 a window."
        })
final class SelectCommand implements Callable<Integer> {

    @Option(
            names = "--scores",
            required = true,
            arity = "1..*",
            paramLabel = "DIR",
            description = "Folders that 'viewal score' wrote, one a scene, or a folder of such folders.")
    private List<Path> folders;

    @Option(names = "--budget", required = true, paramLabel = "AMOUNT", description = "How much to choose.")
    private double amount;

    @Option(
            names = {"--budget-unit", "--unit"},
            defaultValue = "Images",
            paramLabel = "UNIT",
            description =
                    "What the budget counts: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}, multiples of the "
                            + "pixels of a frame).")
    private Unit unit;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The table to write.")
    private Path out;

    @Option(
            names = "--mode",
            description = "corrected, or reference: as the published code does it, its defects included "
                    + "(default: as was scored).")
    private Mode mode;

    @Option(
            names = "--already-labeled",
            paramLabel = "FILE",
            description =
                    "CSV with the columns scene,frame,superpixel of regions not to choose again (-1: the whole frame), such "
                            + "as an earlier selection, or a label-set.zip. May be given more than once.")
    private List<Path> labeledFiles = List.of();

    @Option(
            names = "--overlap-threshold",
            defaultValue = "0.25",
            paramLabel = "SHARE",
            description = "Regions see the same surface when one covers more than this of the other "
                    + "(default: ${DEFAULT-VALUE}).")
    private double overlapThreshold;

    @Option(
            names = "--allow-labeled-surfaces",
            description = "Also choose regions that see the surface of a labeled one from another view "
                    + "(always so in mode reference).")
    private boolean allowLabeledSurfaces;

    @Option(
            names = "--take-all",
            description = "Take what there is when less is left than the budget, instead of failing.")
    private boolean takeAll;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        TreeMap<String, ScoredFolder> scenes = new TreeMap<>();
        for (ScoredFolder scene : ScoredFolder.openAll(folders)) {
            if (scenes.put(scene.description().scene(), scene) != null) {
                throw invalid("--scores names the scene '" + scene.description().scene() + "' twice");
            }
        }
        ScoredFolder first = scenes.firstEntry().getValue();
        RegionPool pool = new RegionPool(labeled(scenes), List.of());
        for (ScoredFolder scene : scenes.values()) {
            first.requireAlike(scene);
            pool.add(scene.description().scene(), scene.description().frames(), scene.rows());
        }
        boolean reference =
                mode == null ? first.description().mode().equals(Mode.reference.name()) : mode == Mode.reference;
        List<SelectionCsv.Row> rows = pool.select(
                Strategies.named(first.description().strategy()).selection(),
                new Choices.Options(reference, overlapThreshold, !allowLabeledSurfaces && !reference, takeAll),
                new LabelingBudget(new Budget(amount, unit), first.description().size()),
                new Folders(scenes));
        Path whole = out.toAbsolutePath();
        Path partial = whole.resolveSibling("." + whole.getFileName() + ".partial");
        Files.writeString(partial, SelectionCsv.write(rows));
        Files.move(partial, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        PrintWriter text = spec.commandLine().getOut();
        text.printf(
                "%d regions, %d pixels in %s%n",
                rows.size(), rows.stream().mapToLong(SelectionCsv.Row::pixels).sum(), out);
        text.flush();
        return 0;
    }

    private List<RegionNamesCsv.Row> labeled(TreeMap<String, ScoredFolder> scenes) throws IOException {
        List<RegionNamesCsv.Row> labeled = new ArrayList<>();
        for (Path file : labeledFiles) {
            for (RegionNamesCsv.Row row : LabeledRegions.read(
                    file, scenes.firstEntry().getValue().description().size())) {
                ScoredFolder scene = scenes.get(row.scene());
                if (scene == null) {
                    throw invalid(file + " speaks of scene '" + row.scene() + "', which --scores does not give, only "
                            + String.join(", ", scenes.keySet()) + ": give its scores too, or leave its regions out");
                }
                LabeledRegions.requireFrame(file, row, scene.description().frames());
                scene.requireRegion(file, row);
                labeled.add(row);
            }
        }
        return labeled;
    }

    private static InvalidInputException invalid(String what) {
        return new InvalidInputException(Reason.InvalidRequest, what);
    }

    /** What a rule may compare, by scene. */
    private record Folders(Map<String, ScoredFolder> scenes) implements RegionPool.SceneFiles {

        @Override
        public OverlapIndex overlaps(String scene) throws IOException {
            return scenes.get(scene).overlaps();
        }

        @Override
        public NpyFile features(String scene) throws IOException {
            return scenes.get(scene).features();
        }
    }
}
