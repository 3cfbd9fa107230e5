package io.viewal.worker.dataset.importer.source;

import io.viewal.worker.InvalidInputException;
import io.viewal.worker.PlainText;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The files of a folder, or of a zip archive that is read in place. Paths are relative, with {@code /}. Nothing outside
 * the folder or the archive can be read. Safe for use by several threads.
 */
public sealed interface SourceFiles extends Closeable permits FolderFiles, ZipFiles, SubFiles {

    /** True when there is such a file. */
    boolean exists(String path);

    /**
     * Reads a whole file.
     *
     * @throws InvalidInputException when it is missing, larger than the limit, damaged, or lies outside
     */
    byte[] read(String path) throws IOException;

    /** Opens a file of any size, to be read from the front; else as {@link #read}. */
    InputStream stream(String path) throws IOException;

    /** Names of the files in a folder, without their folders, sorted; none when there is no such folder. */
    List<String> names(String folder) throws IOException;

    /** Names of the folders in a folder, sorted; none when there is no such folder. */
    List<String> folders(String folder) throws IOException;

    /** The files that were read: absolute and normalised, those of an archive as if it were a folder. */
    Set<Path> filesRead();

    /** The file as its user knows it, for messages. */
    String describe(String path);

    /**
     * Opens a folder or a zip archive.
     *
     * @throws InvalidInputException when it is neither, or the archive is damaged or forged
     */
    static SourceFiles open(Path folderOrArchive) throws IOException {
        return open(folderOrArchive, ArchiveLimits.DEFAULT);
    }

    /** As above, with other limits. */
    static SourceFiles open(Path folderOrArchive, ArchiveLimits limits) throws IOException {
        if (Files.isDirectory(folderOrArchive)) {
            return new FolderFiles(folderOrArchive, limits);
        }
        if (isZip(folderOrArchive)) {
            return ZipFiles.open(folderOrArchive, limits);
        }
        throw SourceFault.invalid(
                folderOrArchive,
                Files.exists(folderOrArchive)
                        ? "it is neither a folder nor a .zip archive; unpack it first"
                        : "there is no such folder or archive");
    }

    /** The files below a folder; closing it closes these. */
    default SourceFiles within(String folder) {
        return folder.isEmpty() ? this : new SubFiles(this, folder);
    }

    /**
     * A text file.
     *
     * @throws InvalidInputException when it is no text in UTF-8
     */
    default String text(String path) throws IOException {
        return PlainText.of(describe(path), read(path));
    }

    /** True for the name of a zip archive. */
    static boolean isZip(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".zip");
    }
}
