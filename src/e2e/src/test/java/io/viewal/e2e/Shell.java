package io.viewal.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Runs the repository's own commands, as a user would. */
final class Shell {

    private final Path root;
    private final Map<String, String> environment;

    private Shell(Path root, Map<String, String> environment) {
        this.root = root;
        this.environment = environment;
    }

    /** In the root of the repository. */
    static Shell inRepository() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("mvnw"))) {
            directory = directory.getParent();
            if (directory == null) {
                throw new IllegalStateException("No mvnw above " + Path.of("").toAbsolutePath());
            }
        }
        return new Shell(directory, Map.of());
    }

    /** The same with these environment variables. */
    Shell with(Map<String, String> variables) {
        return new Shell(root, variables);
    }

    Path root() {
        return root;
    }

    /** What a command printed, and how it ended. */
    record Outcome(int status, String output) {}

    /** Runs {@code src/dev/<name>} with its output shown, and fails when it fails. */
    void dev(String name, String... arguments) {
        run(name, arguments, true, new StringBuilder());
    }

    /** Runs {@code src/dev/<name>} and returns what it printed, failing or not. */
    Outcome tryDev(String name, String... arguments) {
        StringBuilder output = new StringBuilder();
        int status = start(name, arguments, false, output);
        return new Outcome(status, output.toString());
    }

    /** Runs {@code src/dev/<name>} and returns what it printed, and fails when it fails. */
    String devOutput(String name, String... arguments) {
        StringBuilder output = new StringBuilder();
        run(name, arguments, false, output);
        return output.toString();
    }

    private void run(String name, String[] arguments, boolean show, StringBuilder output) {
        int status = start(name, arguments, show, output);
        if (status != 0) {
            throw new IllegalStateException(
                    "src/dev/" + name + " " + Arrays.toString(arguments) + " ended with " + status + ":\n" + output);
        }
    }

    private int start(String name, String[] arguments, boolean show, StringBuilder output) {
        List<String> command =
                new ArrayList<>(List.of(root.resolve("src/dev").resolve(name).toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(root.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            try (var lines = process.inputReader()) {
                lines.lines().forEach(line -> {
                    output.append(line).append('\n');
                    if (show) {
                        System.out.println(line);
                    }
                });
            }
            return process.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
