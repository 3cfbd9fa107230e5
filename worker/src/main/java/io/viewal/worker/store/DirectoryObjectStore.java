package io.viewal.worker.store;

import io.viewal.contract.StoreKeys;
import io.viewal.contract.StoreLocation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A folder as an object store. Objects are written beside their place, forced to disk and renamed; a commit is a hard
 * link, which the file system makes for one writer only.
 */
final class DirectoryObjectStore implements ObjectStore {

    static final String SCHEME = "dir:";

    private final Path root;

    private DirectoryObjectStore(Path root) {
        this.root = root;
    }

    static DirectoryObjectStore open(StoreLocation location) {
        Path root = Path.of(location.endpoint().substring(SCHEME.length()));
        try {
            Files.createDirectories(root);
        } catch (IOException e) {
            throw new StoreUnavailableException("The store folder " + root + " can't be made", e);
        }
        return new DirectoryObjectStore(root);
    }

    @Override
    public Optional<InputStream> open(String key) {
        try {
            return Optional.of(Files.newInputStream(path(key)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw unavailable(key, e);
        }
    }

    @Override
    public void put(String key, byte[] content) {
        try {
            Path partial = partial(key);
            Files.write(partial, content);
            publish(partial, path(key));
        } catch (IOException e) {
            throw unavailable(key, e);
        }
    }

    @Override
    public void put(String key, Path file) {
        try {
            Path partial = partial(key);
            Files.copy(file, partial);
            publish(partial, path(key));
        } catch (IOException e) {
            throw unavailable(key, e);
        }
    }

    @Override
    public boolean putIfAbsent(String key, byte[] content) {
        try {
            Path partial = partial(key);
            Files.write(partial, content);
            force(partial);
            try {
                Files.createLink(path(key), partial);
                return true;
            } catch (FileAlreadyExistsException e) {
                return false;
            } finally {
                Files.delete(partial);
            }
        } catch (IOException e) {
            throw unavailable(key, e);
        }
    }

    @Override
    public List<Stored> objects(String prefix) {
        Path folder = path(prefix);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .flatMap(file -> stored(file).stream())
                    .sorted(Comparator.comparing(Stored::key))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw unavailable(prefix, e);
        }
    }

    /** Empty when it has gone since it was listed. */
    private Optional<Stored> stored(Path file) {
        String key = root.relativize(file).toString();
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.of(new Stored(
                    key, attributes.size(), attributes.lastModifiedTime().toInstant()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw unavailable(key, e);
        }
    }

    @Override
    public List<Entry> children(String prefix) {
        Path folder = prefix.isEmpty() ? root : path(prefix);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Entry> entries = new ArrayList<>();
        try (DirectoryStream<Path> content = Files.newDirectoryStream(folder)) {
            for (Path path : content) {
                String name = path.getFileName().toString();
                BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
                if (attributes.isDirectory()) {
                    entries.add(new Entry(name, true, 0, ""));
                } else if (!name.startsWith(".")) {
                    String version = Long.toString(attributes.lastModifiedTime().toMillis());
                    entries.add(new Entry(name, false, attributes.size(), version));
                }
            }
        } catch (IOException e) {
            throw unavailable(prefix, e);
        }
        entries.sort(Comparator.comparing(Entry::name));
        return entries;
    }

    @Override
    public void delete(String key) {
        try {
            Files.deleteIfExists(path(key));
        } catch (IOException e) {
            throw unavailable(key, e);
        }
    }

    @Override
    public void close() {}

    private Path path(String key) {
        return root.resolve(StoreKeys.requireSafe(key));
    }

    /** A name beside the object's own; it starts with a dot, as no key's segment does. */
    private Path partial(String key) throws IOException {
        Path path = path(key);
        Files.createDirectories(path.getParent());
        return path.resolveSibling("." + UUID.randomUUID());
    }

    private static void publish(Path partial, Path target) throws IOException {
        force(partial);
        Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private StoreUnavailableException unavailable(String key, Exception cause) {
        return new StoreUnavailableException(
                "The object '" + key + "' in the store folder " + root + ": " + cause, cause);
    }
}
