package io.viewal.worker.artifact;

import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/**
 * A table with a header line, comma-separated, lines ended by LF; numbers as {@link Double#toString} writes them, so that
 * they are read back exactly.
 *
 * @param name of the table, for messages
 * @param columns the header
 * @param toCells the cells of a row
 * @param fromCells a row of its cells, by column name
 */
record Csv<T>(String name, List<String> columns, Function<T, Object[]> toCells, Function<CSVRecord, T> fromCells) {

    String write(Iterable<T> rows) {
        StringBuilder text = new StringBuilder();
        try (CSVPrinter printer = new CSVPrinter(text, format())) {
            printer.printRecord(columns);
            for (T row : rows) {
                printer.printRecord(toCells.apply(row));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    List<T> read(String text) {
        return read(text, ',');
    }

    List<T> read(String text, char delimiter) {
        CSVFormat format = format().builder()
                .setDelimiter(delimiter)
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (CSVParser parser = CSVParser.parse(new StringReader(text), format)) {
            if (!parser.getHeaderNames().containsAll(columns)) {
                throw new InvalidInputException(
                        Reason.CorruptArtifact,
                        name + " has the columns " + parser.getHeaderNames() + ", expected " + columns);
            }
            List<T> rows = new ArrayList<>();
            for (CSVRecord row : parser) {
                rows.add(row(row));
            }
            return rows;
        } catch (IOException | UncheckedIOException e) {
            throw new InvalidInputException(Reason.CorruptArtifact, name + " is not a CSV table: " + e.getMessage(), e);
        }
    }

    private T row(CSVRecord row) {
        try {
            return fromCells.apply(row);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(
                    Reason.CorruptArtifact,
                    name + ", row " + row.getRecordNumber() + ": " + e.getMessage() + "; expected " + columns,
                    e);
        }
    }

    private static CSVFormat format() {
        return CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();
    }
}
