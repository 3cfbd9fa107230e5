package io.viewal.worker.dataset.importer.tum;

import io.viewal.worker.dataset.importer.source.SourceFault;
import io.viewal.worker.dataset.importer.source.SourceFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;

/** A list of the benchmark: a line each for a time in seconds, with words; {@code #} begins a comment. */
final class TimedLines {

    private final String file;
    private final List<Line> lines;

    private TimedLines(String file, List<Line> lines) {
        this.file = file;
        this.lines = lines;
    }

    /**
     * One line.
     *
     * @param seconds of whatever clock the lists share
     * @param words after the time
     */
    record Line(double seconds, List<String> words) {}

    /**
     * Reads a list.
     *
     * @param words that a line has after its time
     */
    static TimedLines read(SourceFiles files, String path, int words) throws IOException {
        return read(files, path, words, tokens -> tokens);
    }

    /**
     * Half of a list of pairs: a time and an image of either kind in each line, in either order.
     *
     * @param depth whether the half of the depth images is read, whose folder is named so, else the other
     */
    static TimedLines associated(SourceFiles files, String path, boolean depth) throws IOException {
        return read(files, path, 1, tokens -> {
            List<String> first = tokens.subList(0, 2);
            List<String> second = tokens.subList(2, 4);
            boolean depthFirst = first.getLast().contains("depth");
            if (depthFirst == second.getLast().contains("depth")) {
                throw new NumberFormatException("one of the two paths must have 'depth' in it");
            }
            return depth == depthFirst ? first : second;
        });
    }

    private static TimedLines read(SourceFiles files, String path, int words, UnaryOperator<List<String>> part)
            throws IOException {
        List<Line> lines = new ArrayList<>();
        for (String text : files.text(path).lines().toList()) {
            if (text.isBlank() || text.startsWith("#")) {
                continue;
            }
            try {
                List<String> tokens = part.apply(List.of(text.strip().split("[\\s,]+")));
                lines.add(new Line(Double.parseDouble(tokens.getFirst()), tokens.subList(1, words + 1)));
            } catch (NumberFormatException | IndexOutOfBoundsException e) {
                throw SourceFault.invalid(
                        files.describe(path),
                        "the line '" + text + "' is not a time in seconds and " + words + " word(s)",
                        e);
            }
        }
        lines.sort(Comparator.comparingDouble(Line::seconds));
        return new TimedLines(files.describe(path), lines);
    }

    @Override
    public String toString() {
        return file;
    }

    List<Line> all() {
        return lines;
    }

    /** The line nearest in time; null when none is as near as that. */
    Line nearest(double seconds, double within) {
        int low = 0;
        int high = lines.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (lines.get(middle).seconds() < seconds) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        Line best = null;
        for (int i = Math.max(0, low - 1); i <= Math.min(low, lines.size() - 1); i++) {
            double distance = Math.abs(lines.get(i).seconds() - seconds);
            if (distance <= within && (best == null || distance < Math.abs(best.seconds() - seconds))) {
                best = lines.get(i);
            }
        }
        return best;
    }
}
