package io.viewal.worker.report;

import io.viewal.contract.ExperimentRounds.Arm;
import io.viewal.contract.ExperimentRounds.Round;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * {@code rounds.csv}: a row a round, by arm, seed and number; numbers as {@link Double#toString} writes them, nothing where
 * one is not known.
 */
final class RoundsCsv {

    private static final List<String> ROUND =
            List.of("arm", "strategy", "role", "seed", "round", "name", "outcome", "device");

    private RoundsCsv() {}

    static String write(Map<String, Arm> arms, List<RoundRow> rows) {
        StringBuilder text = new StringBuilder();
        List<String> header = new ArrayList<>(ROUND);
        Arrays.stream(Figure.values()).map(Figure::column).forEach(header::add);
        header.add("message");
        try (CSVPrinter printer = new CSVPrinter(
                text, CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get())) {
            printer.printRecord(header);
            for (RoundRow row : rows) {
                printer.printRecord(cells(arms.get(row.round().arm()), row));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static List<Object> cells(Arm arm, RoundRow row) {
        Round round = row.round();
        List<Object> cells = new ArrayList<>(List.of(
                arm.name(),
                arm.strategy(),
                arm.role(),
                round.seed(),
                round.number(),
                round.name(),
                round.outcome(),
                row.device()));
        for (Figure figure : Figure.values()) {
            double value = row.get(figure);
            cells.add(Double.isNaN(value) ? "" : value);
        }
        cells.add(round.message());
        return cells;
    }
}
