package io.viewal.operator.harness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program of {@code src/dev}; it keeps what it fetches and builds in the cache that the tests use.
 *
 * @param name or an absolute path
 */
public record DevProgram(String name) {

    /** The root of the source tree, where it runs. */
    public static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    /**
     * Runs it and returns what it wrote.
     *
     * @throws IllegalStateException with what it wrote, when it fails
     */
    public String run(String... arguments) throws IOException, InterruptedException {
        Process process = builder(arguments).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("%s %s%n%s".formatted(name, String.join(" ", arguments), output));
        }
        return output;
    }

    ProcessBuilder builder(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(ROOT.resolve("src/dev").resolve(name).toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(ROOT.toFile()).redirectErrorStream(true);
        builder.environment().put("VIEWAL_CACHE", System.getProperty("viewal.cache"));
        return builder;
    }
}
