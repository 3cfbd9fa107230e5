package io.viewal.worker.cli;

import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Which options a training was begun with, so that none goes on with others.
 *
 * @param folder of the unfinished training
 * @param options of the command, by name
 */
record UnfinishedTraining(Path folder, Map<String, String> options) {

    private static final String FILE = "options.txt";

    /** What a command would begin, or go on with. */
    static UnfinishedTraining of(Path folder, CommandSpec command) {
        Map<String, String> options = new TreeMap<>();
        for (OptionSpec option : command.options()) {
            if (option.getValue() != null
                    && !option.help()
                    && !option.longestName().equals("--verbose")) {
                options.put(option.longestName(), String.valueOf((Object) option.getValue()));
            }
        }
        return new UnfinishedTraining(folder, options);
    }

    /**
     * Makes sure that the folder has no unfinished training, or one with the same options.
     *
     * @throws InvalidInputException when it was begun with others; names them
     */
    void requireSameOptions() throws IOException {
        Path file = folder.resolve(FILE);
        if (Files.isRegularFile(file)) {
            requireSame(read(file));
        }
    }

    /** Notes the options. */
    void note() throws IOException {
        Files.createDirectories(folder);
        Path partial = folder.resolve(FILE + ".new");
        Files.write(
                partial,
                options.entrySet().stream()
                        .map(option -> option.getKey() + "\t" + option.getValue())
                        .toList());
        Files.move(partial, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Map<String, String> read(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> line.split("\t", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1], (a, b) -> b, TreeMap::new));
    }

    private void requireSame(Map<String, String> begun) {
        List<String> differences = new ArrayList<>();
        Map<String, String> all = new TreeMap<>(begun);
        all.putAll(options);
        for (String name : all.keySet()) {
            String before = begun.getOrDefault(name, "absent");
            String after = options.getOrDefault(name, "absent");
            if (!before.equals(after)) {
                differences.add(name + " (" + before + ", now " + after + ")");
            }
        }
        if (!differences.isEmpty()) {
            throw new InvalidInputException(
                    Reason.InvalidRequest,
                    folder + " holds an unfinished training with another " + String.join(", ", differences)
                            + ": give the same options to go on with it, another --out, or remove the folder");
        }
    }
}
