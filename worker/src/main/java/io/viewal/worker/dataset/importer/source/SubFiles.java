package io.viewal.worker.dataset.importer.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** The files below a folder of others. */
record SubFiles(SourceFiles files, String folder) implements SourceFiles {

    @Override
    public boolean exists(String path) {
        return files.exists(inner(path));
    }

    @Override
    public byte[] read(String path) throws IOException {
        return files.read(inner(path));
    }

    @Override
    public InputStream stream(String path) throws IOException {
        return files.stream(inner(path));
    }

    @Override
    public List<String> names(String path) throws IOException {
        return files.names(inner(path));
    }

    @Override
    public List<String> folders(String path) throws IOException {
        return files.folders(inner(path));
    }

    @Override
    public Set<Path> filesRead() {
        return files.filesRead();
    }

    @Override
    public String describe(String path) {
        return files.describe(inner(path));
    }

    @Override
    public void close() throws IOException {
        files.close();
    }

    private String inner(String path) {
        return path.isEmpty() ? folder : folder + "/" + path;
    }
}
