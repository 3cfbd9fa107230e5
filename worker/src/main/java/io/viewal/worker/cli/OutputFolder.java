package io.viewal.worker.cli;

import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder that a command fills. Everything is written below {@value #PARTIAL} in it, which is hidden, and moved to its
 * place when all of it is whole, so that nothing half-written has a name that others read.
 *
 * @param folder that is filled
 * @param partial where to write meanwhile
 */
record OutputFolder(Path folder, Path partial) {

    private static final String PARTIAL = ".partial";

    /**
     * A folder to fill; nothing is made yet. What an unfinished command of before left below {@value #PARTIAL} is kept.
     *
     * @throws InvalidInputException when there are files in it, or it is one
     */
    static OutputFolder begin(Path folder) throws IOException {
        requireFree(folder);
        return new OutputFolder(folder, folder.resolve(PARTIAL));
    }

    private static void requireFree(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return;
        }
        if (!Files.isDirectory(folder)) {
            throw refused("--out '" + folder + "' is a file, expected a folder: give another one");
        }
        List<Path> there = content(folder);
        there.remove(folder.resolve(PARTIAL));
        if (!there.isEmpty()) {
            throw refused("--out '" + folder + "' holds '" + there.getFirst().getFileName() + "'"
                    + (there.size() > 1 ? " and " + (there.size() - 1) + " more" : "")
                    + " already, expected a new or an empty folder: give another one, or remove it first");
        }
    }

    /** Makes the folder to write to meanwhile, without what an unfinished command of before left. */
    OutputFolder emptied() throws IOException {
        if (Files.exists(partial)) {
            new ScratchFolder(partial).close();
        }
        Files.createDirectories(partial);
        return this;
    }

    /** Moves all files and folders to their places, in name order. */
    void finish() throws IOException {
        finish(content(partial));
    }

    /** Moves these files to their places, in this order, and removes all others. */
    void finish(List<Path> files) throws IOException {
        for (Path file : files) {
            Files.move(file, folder.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
        }
        new ScratchFolder(partial).close();
    }

    private static List<Path> content(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return new ArrayList<>(files.sorted().toList());
        }
    }

    private static InvalidInputException refused(String sentence) {
        return new InvalidInputException(Reason.InvalidRequest, sentence);
    }
}
