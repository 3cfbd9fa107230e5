package io.viewal.worker.store.files;

import io.viewal.worker.store.ObjectStore.Entry;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/** What is known of an object; its {@link #fileKey()} is a text that differs when the content does. */
record StoreAttributes(Entry entry) implements BasicFileAttributes {

    private static final FileTime UNKNOWN = FileTime.fromMillis(0);

    static final StoreAttributes FOLDER = new StoreAttributes(new Entry("", true, 0, ""));

    @Override
    public FileTime lastModifiedTime() {
        return UNKNOWN;
    }

    @Override
    public FileTime lastAccessTime() {
        return UNKNOWN;
    }

    @Override
    public FileTime creationTime() {
        return UNKNOWN;
    }

    @Override
    public boolean isRegularFile() {
        return !entry.folder();
    }

    @Override
    public boolean isDirectory() {
        return entry.folder();
    }

    @Override
    public boolean isSymbolicLink() {
        return false;
    }

    @Override
    public boolean isOther() {
        return false;
    }

    @Override
    public long size() {
        return entry.bytes();
    }

    @Override
    public Object fileKey() {
        return entry.version();
    }
}
