package io.viewal.worker.cli;

import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.PlainText;
import io.viewal.worker.artifact.LabelSet;
import io.viewal.worker.artifact.LabeledRegion;
import io.viewal.worker.artifact.RegionNamesCsv;
import io.viewal.worker.dataset.ImageSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Regions that count as labeled, by the files of {@code --already-labeled}: tables, or label sets. */
final class LabeledRegions {

    private LabeledRegions() {}

    /**
     * Reads a file.
     *
     * @param size of the frames that a label set must be of
     * @throws InvalidInputException when it is missing or neither a table nor a label set
     */
    static List<RegionNamesCsv.Row> read(Path file, ImageSize size) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw invalid("--already-labeled: there is no file " + file);
        }
        if (!file.getFileName().toString().endsWith(".zip")) {
            return RegionNamesCsv.read(file.toString(), PlainText.read(file));
        }
        List<RegionNamesCsv.Row> rows = new ArrayList<>();
        for (LabeledRegion region : LabelSet.read(file, size).regions()) {
            rows.add(new RegionNamesCsv.Row(region.scene(), region.frame(), region.region()));
        }
        return rows;
    }

    /**
     * Makes sure that a frame is one of its scene's.
     *
     * @throws InvalidInputException when it is not; names the file
     */
    static void requireFrame(Path file, RegionNamesCsv.Row row, List<String> frames) {
        if (!frames.contains(row.frame())) {
            throw invalid(file + " speaks of frame '" + row.frame() + "', which scene '" + row.scene()
                    + "' does not have: give the regions of this data set");
        }
    }

    static InvalidInputException invalid(String sentence) {
        return new InvalidInputException(Reason.InvalidRequest, sentence);
    }
}
