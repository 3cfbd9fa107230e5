package io.viewal.worker.dataset.importer.colmap;

import io.viewal.worker.dataset.importer.source.SourceFault;
import io.viewal.worker.dataset.importer.source.SourceFiles;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;

/** Lines of a model's file, of which some (the points of an image) are megabytes long and passed over. */
final class TextLines implements Closeable {

    private static final int LONGEST = 1 << 16;

    private final String file;
    private final Reader in;

    TextLines(SourceFiles files, String path) throws IOException {
        this.file = files.describe(path);
        this.in = new BufferedReader(new InputStreamReader(files.stream(path), StandardCharsets.UTF_8));
    }

    /** The next line that is no comment and not empty, stripped; null at the end. */
    String next() throws IOException {
        for (String line = line(); line != null; line = line()) {
            if (!line.isBlank() && !line.startsWith("#")) {
                return line.strip();
            }
        }
        return null;
    }

    /** Passes over a line, however long it is. */
    void skip() throws IOException {
        for (int c = in.read(); c >= 0 && c != '\n'; ) {
            c = in.read();
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        int c = in.read();
        if (c < 0) {
            return null;
        }
        for (; c >= 0 && c != '\n'; c = in.read()) {
            if (line.length() == LONGEST) {
                throw SourceFault.invalid(
                        file, "it has a line of more than " + LONGEST + " characters: is it a text model?");
            }
            line.append((char) c);
        }
        return line.toString();
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
