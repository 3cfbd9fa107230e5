package io.viewal.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real browser without a window. */
public final class Chromium {

    private Chromium() {}

    /**
     * The document that a page has become when its scripts have run. A test that asks for it without a browser at hand is
     * skipped, saying so.
     *
     * @param scratch an empty folder
     */
    public static String documentOf(Path page, Path scratch) throws IOException, InterruptedException {
        Path document = scratch.resolve("document.html");
        Process process = start(
                scratch,
                document,
                "--virtual-time-budget=20000",
                "--dump-dom",
                page.toUri().toString());
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("Chromium ends")
                    .isTrue();
        } finally {
            stop(process);
        }
        return Files.readString(document, StandardCharsets.UTF_8);
    }

    /**
     * Starts the browser. A test that asks for it without one at hand is skipped, saying so.
     *
     * @param scratch an empty folder
     * @param output what it prints; what goes wrong is in {@code browser.log}, if that is another file
     */
    static Process start(Path scratch, Path output, String... options) throws IOException {
        Optional<String> browser = Stream.of("chromium", "chromium-browser", "google-chrome")
                .filter(Chromium::onPath)
                .findFirst();
        assumeTrue(browser.isPresent(), "Needs Chromium: apt-get install chromium");
        List<String> command = new ArrayList<>(List.of(browser.get(), "--headless", "--no-sandbox", "--disable-gpu"));
        command.addAll(List.of("--disable-quic", "--no-first-run", "--disable-background-networking"));
        command.addAll(List.of("--disable-component-update", "--disable-sync"));
        command.add("--user-data-dir=" + scratch.resolve("profile"));
        command.addAll(List.of(options));
        return new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(scratch.resolve("browser.log").toFile())
                .start();
    }

    /** Ends the browser and its helper processes, and waits for them: while one lives, it writes into the scratch folder. */
    static void stop(Process browser) {
        List<ProcessHandle> helpers = browser.descendants().toList();
        browser.destroyForcibly().onExit().join();
        for (ProcessHandle helper : helpers) {
            helper.destroyForcibly();
            helper.onExit().join();
        }
    }

    private static boolean onPath(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
