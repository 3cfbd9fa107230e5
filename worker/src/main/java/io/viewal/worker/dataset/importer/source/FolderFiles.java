package io.viewal.worker.dataset.importer.source;

import io.viewal.worker.dataset.NameOrder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The files of a folder. The folder may be a symbolic link; what lies in it must not lead outside by one. */
final class FolderFiles implements SourceFiles {

    private final Path root;
    private final Path realRoot;
    private final ArchiveLimits limits;
    private final Set<Path> read = ConcurrentHashMap.newKeySet();

    FolderFiles(Path root, ArchiveLimits limits) throws IOException {
        this.root = root;
        this.realRoot = root.toRealPath();
        this.limits = limits;
    }

    @Override
    public boolean exists(String path) {
        return Files.isRegularFile(root.resolve(path));
    }

    @Override
    public byte[] read(String path) throws IOException {
        Path file = inside(path);
        long bytes = Files.size(file);
        if (bytes > limits.fileBytes()) {
            throw SourceFault.invalid(
                    describe(path),
                    "it has " + bytes + " bytes, more than the " + limits.fileBytes() + " that a file may have");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.readAllBytes();
        }
    }

    @Override
    public InputStream stream(String path) throws IOException {
        return Files.newInputStream(inside(path));
    }

    private Path inside(String path) throws IOException {
        Path file = root.resolve(path).normalize();
        try {
            if (!file.startsWith(root.normalize()) || !file.toRealPath().startsWith(realRoot)) {
                throw SourceFault.invalid(describe(path), "it leads outside " + root + "; copy the file into it");
            }
            read.add(file.toAbsolutePath().normalize());
            return file;
        } catch (NoSuchFileException e) {
            throw SourceFault.invalid(describe(path), "there is no such file", e);
        }
    }

    @Override
    public List<String> names(String folder) throws IOException {
        return list(folder, Files::isRegularFile);
    }

    @Override
    public List<String> folders(String folder) throws IOException {
        return list(folder, Files::isDirectory);
    }

    private List<String> list(String folder, Predicate<Path> kind) throws IOException {
        Path listed = root.resolve(folder);
        if (!Files.isDirectory(listed)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(listed)) {
            return files.filter(kind)
                    .map(file -> file.getFileName().toString())
                    .sorted(NameOrder.BY_NUMBER)
                    .toList();
        }
    }

    @Override
    public Set<Path> filesRead() {
        return Set.copyOf(read);
    }

    @Override
    public String describe(String path) {
        return root.resolve(path).toString();
    }

    @Override
    public void close() {}
}
