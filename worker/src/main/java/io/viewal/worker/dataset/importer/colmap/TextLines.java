package io.viewal.worker.dataset.importer.colmap;

import io.viewal.worker.dataset.importer.source.SourceFault;
import io.viewal.worker.dataset.importer.source.SourceFiles;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lines of a model's file, of which some (the points of an image) are megabytes long: of these the beginning is read. */
final class TextLines implements Closeable {

    private static final int LONGEST = 1 << 13;
    private static final int SHOWN = 80;
    private static final Pattern STATED = Pattern.compile("#\\s*Number of (\\w+):\\s*(\\d+).*");

    private final String file;
    private final Reader in;
    private final Map<String, Long> stated = new HashMap<>();
    private boolean ended;

    TextLines(SourceFiles files, String path) throws IOException {
        this.file = files.describe(path);
        this.in = new BufferedReader(new InputStreamReader(files.stream(path), StandardCharsets.UTF_8));
    }

    /** The next line that is no comment and not empty, stripped; null at the end. */
    String next() throws IOException {
        for (String line = line(); line != null; line = line()) {
            Matcher count = STATED.matcher(line);
            if (count.matches()) {
                stated.put(count.group(1), Long.parseLong(count.group(2)));
            }
            if (!line.isBlank() && !line.startsWith("#")) {
                return line.strip();
            }
        }
        return null;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        int c = in.read();
        if (c < 0) {
            return null;
        }
        for (; c >= 0 && c != '\n'; c = in.read()) {
            if (line.length() < LONGEST && c != '\uFEFF') {
                line.append((char) c);
            }
        }
        ended = c < 0;
        return line.toString();
    }

    /** Whether the file ended within the last line that was read. */
    boolean endedEarly() {
        return ended;
    }

    /**
     * Compares with the count that a comment states, if one does.
     *
     * @throws io.viewal.worker.InvalidInputException when they differ
     */
    void requireStated(String what, int found) {
        Long count = stated.get(what);
        if (count != null && count != found) {
            throw SourceFault.invalid(
                    file, "it states " + count + " " + what + " and has " + found + ": it is cut off or was edited");
        }
    }

    /** A line as messages show it. */
    String shortened(String line) {
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
    }

    @Override
    public String toString() {
        return file;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
