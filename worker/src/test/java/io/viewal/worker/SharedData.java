package io.viewal.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Real frames and reference numbers, which are not part of the project: {@code ../shared/data} beside the checkout. */
public final class SharedData {

    private SharedData() {}

    /**
     * A folder of the shared data. A test that asks for one that is missing is skipped, saying so; with {@code CI=true} it
     * fails.
     *
     * @param name such as {@code scannet-sample}
     */
    public static Path folder(String name) {
        Path folder = root().resolve("data").resolve(name);
        String message = "Needs " + folder + "; set VIEWAL_SHARED to the folder that holds data/" + name;
        if ("true".equals(System.getenv("CI"))) {
            assertThat(folder).as(message).isDirectory();
        }
        assumeTrue(Files.isDirectory(folder), message);
        return folder;
    }

    private static Path root() {
        String given = System.getProperty("VIEWAL_SHARED", System.getenv("VIEWAL_SHARED"));
        if (given != null) {
            return Path.of(given);
        }
        Path checkout = Path.of("").toAbsolutePath();
        while (checkout.getParent() != null && !Files.exists(checkout.resolve("mvnw"))) {
            checkout = checkout.getParent();
        }
        return checkout.resolveSibling("shared");
    }
}
