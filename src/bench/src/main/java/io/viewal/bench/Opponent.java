package io.viewal.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Python program in a process of its own, which has read its input and waits for commands. */
final class Opponent implements AutoCloseable {

    private final Process process;
    private final BufferedReader answers;
    private final Writer commands;
    private final String greeting;
    private final double start;

    /** @param arguments of the program */
    Opponent(Path folder, String... arguments) throws IOException {
        long begin = System.nanoTime();
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("viewal.bench.python"),
                System.getProperty("viewal.bench.opponent"),
                folder.toString()));
        command.addAll(List.of(arguments));
        this.process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.commands = process.outputWriter(StandardCharsets.UTF_8);
        this.greeting = answer("ready ");
        this.start = (System.nanoTime() - begin) / 1e9;
    }

    /** What runs it. */
    String engine() {
        return greeting;
    }

    /** Seconds from its start to being ready. */
    double startSeconds() {
        return start;
    }

    /** Does what it is told and returns the seconds that it took, by its own clock. */
    double seconds(String command) {
        return number(command, "seconds ");
    }

    /** Does what it is told and returns the number after the prefix in its answer. */
    double number(String command, String prefix) {
        try {
            commands.write(command + "\n");
            commands.flush();
            return Double.parseDouble(answer(prefix));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String answer(String prefix) throws IOException {
        String line = answers.readLine();
        if (line == null || !line.startsWith(prefix)) {
            throw new IOException("The PyTorch side said '" + line + "', expected '" + prefix + "…'");
        }
        return line.substring(prefix.length());
    }

    @Override
    public void close() throws IOException {
        commands.write("quit\n");
        commands.close();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroy();
        }
    }
}
