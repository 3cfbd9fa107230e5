package io.viewal.worker.cli;

import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.artifact.RegionNamesCsv;
import io.viewal.worker.artifact.ScoredScene;
import io.viewal.worker.artifact.ScoresIndex;
import io.viewal.worker.artifact.SuperpixelScoresCsv;
import io.viewal.worker.dataset.Region;
import io.viewal.worker.npy.NpyFile;
import io.viewal.worker.selection.OverlapIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A folder that {@link ScoreFiles} wrote.
 *
 * @param description what was scored and how
 * @param rows the scored regions, in frame and superpixel order
 * @param superpixels those among them by frame; none of strategies that score frames or windows
 */
record ScoredFolder(
        Path folder,
        ScoredScene description,
        List<SuperpixelScoresCsv.Row> rows,
        Map<String, Set<Region>> superpixels) {

    /**
     * Opens folders of scores, and the folders of scores in other folders, in name order.
     *
     * @throws InvalidInputException when a folder has neither
     */
    static List<ScoredFolder> openAll(List<Path> folders) throws IOException {
        List<ScoredFolder> scenes = new ArrayList<>();
        for (Path folder : folders) {
            List<Path> inside = isScored(folder) || !Files.isDirectory(folder) ? List.of() : scored(folder);
            for (Path one : inside.isEmpty() ? List.of(folder) : inside) {
                scenes.add(open(one));
            }
        }
        return scenes;
    }

    private static boolean isScored(Path folder) {
        return Files.isRegularFile(folder.resolve(ScoredScene.FILE));
    }

    private static List<Path> scored(Path parent) throws IOException {
        try (Stream<Path> content = Files.list(parent)) {
            return content.filter(ScoredFolder::isScored).sorted().toList();
        }
    }

    /**
     * Opens a folder.
     *
     * @throws InvalidInputException when it holds no scores
     */
    static ScoredFolder open(Path folder) throws IOException {
        for (String name : List.of(ScoredScene.FILE, ScoresIndex.SUPERPIXEL_SCORES, ScoreFiles.OVERLAP)) {
            if (!Files.isRegularFile(folder.resolve(name))) {
                throw new InvalidInputException(
                        Reason.InvalidRequest,
                        folder + " has no " + name + ": expected a folder that 'viewal score' wrote to the end");
            }
        }
        ScoredScene description = ScoredScene.read(Files.readAllBytes(folder.resolve(ScoredScene.FILE)));
        List<SuperpixelScoresCsv.Row> rows =
                SuperpixelScoresCsv.read(Files.readString(folder.resolve(ScoresIndex.SUPERPIXEL_SCORES)));
        Map<String, Set<Region>> superpixels = new TreeMap<>();
        for (SuperpixelScoresCsv.Row row : rows) {
            if (row.region() instanceof Region.Superpixel) {
                superpixels
                        .computeIfAbsent(row.frame(), frame -> new HashSet<>())
                        .add(row.region());
            }
        }
        return new ScoredFolder(folder, description, rows, superpixels);
    }

    OverlapIndex overlaps() throws IOException {
        return OverlapIndex.read(folder.resolve(ScoreFiles.OVERLAP));
    }

    /**
     * The features of the frames: float32 [frames, features].
     *
     * @throws InvalidInputException when there are none
     */
    NpyFile features() throws IOException {
        Path file = folder.resolve(ScoresIndex.FEATURES);
        if (!Files.isRegularFile(file)) {
            throw new InvalidInputException(
                    Reason.InvalidRequest,
                    folder + " has no " + ScoresIndex.FEATURES + ": score the scene again, with --features");
        }
        return NpyFile.open(file);
    }

    /**
     * Makes sure that both were scored in the same way, so that their scores can be compared.
     *
     * @throws InvalidInputException when they were not; says what differs
     */
    void requireAlike(ScoredFolder other) {
        differs(other, "strategy", ScoredScene::strategy);
        differs(other, "mode", ScoredScene::mode);
        differs(other, "distance threshold", ScoredScene::distanceThreshold);
        differs(other, "frame size", ScoredScene::size);
        differs(other, "number of classes", ScoredScene::classes);
    }

    private void differs(ScoredFolder other, String what, Function<ScoredScene, Object> property) {
        Object own = property.apply(description);
        Object others = property.apply(other.description);
        if (!own.equals(others)) {
            throw invalid("The scores of scene '" + description.scene() + "' in " + folder + " and of scene '"
                    + other.description.scene() + "' in " + other.folder + " differ in the " + what + ", " + own
                    + " and " + others + ": score all scenes alike");
        }
    }

    /**
     * Makes sure that a region, which is labeled, is one of those that were scored or a whole frame.
     *
     * @param file that names it
     * @throws InvalidInputException when it is not
     */
    void requireRegion(Path file, RegionNamesCsv.Row labeled) {
        if (labeled.region() instanceof Region.WholeFrame || !superpixels.containsKey(labeled.frame())) {
            return;
        }
        Set<Region> scored = superpixels.get(labeled.frame());
        if (!scored.contains(labeled.region())) {
            throw invalid(file + " speaks of region '" + labeled.region() + "' of frame '" + labeled.frame()
                    + "' of scene '" + labeled.scene() + "', which is none of the " + scored.size()
                    + " superpixels that were scored there: give regions of the same superpixels");
        }
    }

    private static InvalidInputException invalid(String sentence) {
        return new InvalidInputException(Reason.InvalidRequest, sentence);
    }
}
