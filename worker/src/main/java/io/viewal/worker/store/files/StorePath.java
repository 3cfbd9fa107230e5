package io.viewal.worker.store.files;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;

/**
 * A path in a bucket. The rules of paths are those of the machine's own.
 *
 * @param inner {@code /<bucket>/<key>}, or relative
 */
record StorePath(StoreFileSystem files, Path inner) implements Path {

    /** Absolute, without {@code .} and {@code ..}. */
    Path plain() {
        return inner.toAbsolutePath().normalize();
    }

    private Path of(Path path) {
        return path == null ? null : new StorePath(files, path);
    }

    private static Path inner(Path other) {
        return other instanceof StorePath store ? store.inner : other;
    }

    @Override
    public FileSystem getFileSystem() {
        return files;
    }

    @Override
    public boolean isAbsolute() {
        return inner.isAbsolute();
    }

    @Override
    public Path getRoot() {
        return of(inner.getRoot());
    }

    @Override
    public Path getFileName() {
        return of(inner.getFileName());
    }

    @Override
    public Path getParent() {
        return of(inner.getParent());
    }

    @Override
    public int getNameCount() {
        return inner.getNameCount();
    }

    @Override
    public Path getName(int index) {
        return of(inner.getName(index));
    }

    @Override
    public Path subpath(int beginIndex, int endIndex) {
        return of(inner.subpath(beginIndex, endIndex));
    }

    @Override
    public boolean startsWith(Path other) {
        return inner.startsWith(inner(other));
    }

    @Override
    public boolean endsWith(Path other) {
        return inner.endsWith(inner(other));
    }

    @Override
    public Path normalize() {
        return of(inner.normalize());
    }

    @Override
    public Path resolve(Path other) {
        return of(inner.resolve(inner(other)));
    }

    @Override
    public Path relativize(Path other) {
        return of(inner.relativize(inner(other)));
    }

    @Override
    public URI toUri() {
        return URI.create(toString());
    }

    @Override
    public Path toAbsolutePath() {
        return of(inner.toAbsolutePath());
    }

    /** There are no links. */
    @Override
    public Path toRealPath(LinkOption... options) throws IOException {
        files.attributes(this);
        return of(plain());
    }

    @Override
    public WatchKey register(WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int compareTo(Path other) {
        return inner.compareTo(inner(other));
    }

    /** As people know it. */
    @Override
    public String toString() {
        return inner.isAbsolute() ? "s3:/" + inner : inner.toString();
    }
}
