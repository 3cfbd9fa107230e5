package io.viewal.worker.store.files;

import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.store.ObjectStore;
import io.viewal.worker.store.ObjectStore.Entry;
import java.io.InputStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A bucket as a file system: {@code /<bucket>/<key>}, shown to people as {@code s3://<bucket>/<key>}. Each folder is listed
 * once while it is in use, so that looking whether files exist costs one request a folder. It is expected not to change.
 */
public final class StoreFileSystem extends FileSystem {

    /** Enough for the folders of a few scenes; the folders of one may hold a hundred thousand files. */
    private static final int LISTED = 64;

    private final ObjectStore store;
    private final String bucket;
    private final FileSystemProvider provider = new StoreFiles();
    private final Listings listed = new Listings();

    /** Objects by name by folder; those that were asked for longest ago go first. */
    @SuppressWarnings("serial") // It never leaves this class.
    private static final class Listings extends LinkedHashMap<String, Map<String, ObjectStore.Entry>> {

        Listings() {
            super(LISTED, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Map<String, ObjectStore.Entry>> eldest) {
            return size() > LISTED;
        }
    }

    private StoreFileSystem(ObjectStore store, String bucket) {
        this.store = store;
        this.bucket = bucket;
    }

    /**
     * A prefix as a folder.
     *
     * @param bucket that the store is
     * @param prefix without slashes at its ends; empty: all of the bucket
     */
    public static Path folder(ObjectStore store, String bucket, String prefix) {
        return new StoreFileSystem(store, bucket).getPath("/" + bucket, prefix);
    }

    StoreAttributes attributes(StorePath path) throws NoSuchFileException {
        Path absolute = path.plain();
        if (absolute.getNameCount() < 2) {
            return StoreAttributes.FOLDER;
        }
        Entry entry =
                children(key(absolute.getParent())).get(absolute.getFileName().toString());
        if (entry == null) {
            throw new NoSuchFileException(path.toString());
        }
        return new StoreAttributes(entry);
    }

    List<String> names(StorePath folder) {
        return List.copyOf(children(key(folder.plain())).keySet());
    }

    InputStream open(StorePath path) throws NoSuchFileException {
        String key = key(path.plain());
        try {
            return store.open(key).orElseThrow(() -> new NoSuchFileException(path.toString()));
        } catch (IllegalArgumentException e) {
            throw refused(e);
        }
    }

    private Map<String, Entry> children(String prefix) {
        synchronized (listed) {
            return listed.computeIfAbsent(prefix, this::list);
        }
    }

    private Map<String, Entry> list(String prefix) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        try {
            store.children(prefix).stream()
                    .filter(entry -> !entry.name().isEmpty() && !entry.name().startsWith("."))
                    .forEach(entry -> entries.put(entry.name(), entry));
        } catch (IllegalArgumentException e) {
            throw refused(e);
        }
        return entries;
    }

    private InvalidInputException refused(IllegalArgumentException e) {
        return new InvalidInputException(
                Reason.InvalidDataset, "The bucket '" + bucket + "': " + e.getMessage() + "; rename it", e);
    }

    /** Without the bucket. */
    private static String key(Path absolute) {
        return absolute.getNameCount() < 2
                ? ""
                : absolute.subpath(1, absolute.getNameCount()).toString();
    }

    @Override
    public FileSystemProvider provider() {
        return provider;
    }

    @Override
    public Path getPath(String first, String... more) {
        return new StorePath(this, Path.of(first, more));
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        return List.of(getPath("/"));
    }

    @Override
    public String getSeparator() {
        return "/";
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return List.of();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return Set.of("basic");
    }

    @Override
    public PathMatcher getPathMatcher(String syntaxAndPattern) {
        throw new UnsupportedOperationException();
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        throw new UnsupportedOperationException();
    }

    @Override
    public WatchService newWatchService() {
        throw new UnsupportedOperationException();
    }

    /** The store is closed by whoever opened it. */
    @Override
    public void close() {}
}
