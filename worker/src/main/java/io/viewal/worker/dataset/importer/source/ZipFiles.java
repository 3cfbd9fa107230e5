package io.viewal.worker.dataset.importer.source;

import io.viewal.worker.dataset.NameOrder;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The files of a zip archive, read in place. An archive with names that would leave a folder, with one name twice, with
 * too many entries, or with entries that overlap (a bomb) is refused when it is opened; an entry that unpacks to more
 * than it says or than is allowed, when it is read.
 */
final class ZipFiles implements SourceFiles {

    private final Path archive;
    private final LocalFile local;
    private final ZipFile zip;
    private final ArchiveLimits limits;
    private final Set<Path> read = ConcurrentHashMap.newKeySet();

    private ZipFiles(Path archive, LocalFile local, ZipFile zip, ArchiveLimits limits) {
        this.archive = archive;
        this.local = local;
        this.zip = zip;
        this.limits = limits;
    }

    static ZipFiles open(Path archive, ArchiveLimits limits) throws IOException {
        LocalFile local = LocalFile.of(archive);
        ZipFile zip = null;
        boolean good = false;
        try {
            zip = new ZipFile(local.path().toFile());
            ZipFiles files = new ZipFiles(archive, local, zip, limits);
            files.requireHarmless();
            good = true;
            return files;
        } catch (ZipException e) {
            throw SourceFault.invalid(
                    archive, "it is cut off or no zip archive (" + e.getMessage() + "); copy it again", e);
        } finally {
            if (!good) {
                close(local, zip);
            }
        }
    }

    private static void close(LocalFile local, ZipFile zip) throws IOException {
        try (local) {
            if (zip != null) {
                zip.close();
            }
        }
    }

    private void requireHarmless() throws IOException {
        if (zip.size() > limits.entries()) {
            throw SourceFault.invalid(
                    archive, "it has " + zip.size() + " entries, more than the " + limits.entries() + " allowed");
        }
        Set<String> names = new HashSet<>();
        long packed = 0;
        for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
            ZipEntry entry = entries.nextElement();
            requireInside(entry.getName());
            if (!names.add(entry.getName())) {
                throw SourceFault.invalid(describe(entry.getName()), "the archive has two entries of this name");
            }
            packed += Math.max(0, entry.getCompressedSize());
        }
        if (packed > Files.size(archive)) {
            throw SourceFault.invalid(
                    archive,
                    "its entries claim " + packed + " packed bytes, but it has only " + Files.size(archive)
                            + ": entries overlap, as in a zip bomb");
        }
    }

    private void requireInside(String name) {
        boolean outside = name.startsWith("/") || name.indexOf('\\') >= 0 || name.matches("[A-Za-z]:.*");
        for (String segment : name.split("/")) {
            outside |= segment.equals("..");
        }
        if (outside) {
            throw SourceFault.invalid(
                    archive,
                    "the entry '" + name + "' would lie outside a folder that it is unpacked to; it is refused");
        }
    }

    @Override
    public boolean exists(String path) {
        ZipEntry entry = zip.getEntry(path);
        return entry != null && !entry.isDirectory();
    }

    @Override
    public byte[] read(String path) throws IOException {
        ZipEntry entry = entry(path);
        try (InputStream in = zip.getInputStream(entry)) {
            // The size that an entry states may be a lie, so that the limit is held while unpacking.
            byte[] content = in.readNBytes((int) Math.min(limits.fileBytes() + 1, Integer.MAX_VALUE - 8));
            if (content.length > limits.fileBytes()) {
                throw SourceFault.invalid(
                        describe(path), "it unpacks to more than the " + limits.fileBytes() + " bytes allowed");
            }
            requireUndamaged(entry, content);
            return content;
        } catch (ZipException | EOFException e) {
            throw SourceFault.invalid(describe(path), "it can't be unpacked (" + e.getMessage() + ")", e);
        }
    }

    @Override
    public InputStream stream(String path) throws IOException {
        return zip.getInputStream(entry(path));
    }

    private ZipEntry entry(String path) {
        ZipEntry entry = zip.getEntry(path);
        if (entry == null) {
            throw SourceFault.invalid(describe(path), "there is no such file in the archive");
        }
        read.add(archive.toAbsolutePath().normalize().resolve(path));
        return entry;
    }

    private void requireUndamaged(ZipEntry entry, byte[] content) {
        CRC32 checksum = new CRC32();
        checksum.update(content);
        if (entry.getCrc() != -1 && entry.getCrc() != checksum.getValue()) {
            throw SourceFault.invalid(
                    describe(entry.getName()),
                    "its content does not have the archive's checksum; copy the archive again");
        }
    }

    @Override
    public List<String> names(String folder) {
        String prefix = folder.isEmpty() ? "" : folder + "/";
        return zip.stream()
                .filter(entry -> !entry.isDirectory() && entry.getName().startsWith(prefix))
                .map(entry -> entry.getName().substring(prefix.length()))
                .filter(name -> name.indexOf('/') < 0)
                .sorted(NameOrder.BY_NUMBER)
                .toList();
    }

    @Override
    public List<String> folders(String folder) {
        String prefix = folder.isEmpty() ? "" : folder + "/";
        return zip.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.startsWith(prefix) && name.indexOf('/', prefix.length()) > 0)
                .map(name -> name.substring(prefix.length(), name.indexOf('/', prefix.length())))
                .distinct()
                .sorted(NameOrder.BY_NUMBER)
                .toList();
    }

    @Override
    public Set<Path> filesRead() {
        return Set.copyOf(read);
    }

    @Override
    public String describe(String path) {
        return archive + "!" + path;
    }

    @Override
    public void close() throws IOException {
        close(local, zip);
    }
}
