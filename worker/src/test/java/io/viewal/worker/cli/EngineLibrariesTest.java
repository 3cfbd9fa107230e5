package io.viewal.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viewal.worker.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineLibrariesTest {

    @TempDir
    private Path root;

    private EngineLibraries libraries;

    @BeforeEach
    void makeFolders() throws IOException {
        Files.createDirectories(root.resolve("dev"));
        Files.createDirectories(root.resolve("engine"));
        libraries = new EngineLibraries(root.resolve("engine"), root.resolve("dev"));
    }

    @Test
    void usesCudaWhenADeviceIsInSight() throws IOException {
        bring("2.5.1-cpu-linux-x86_64", "2.5.1-cu124-linux-x86_64");
        Files.createFile(root.resolve("dev/nvidia0"));
        assertThat(libraries.folder()).hasFileName("2.5.1-cu124-linux-x86_64");
    }

    @Test
    void usesTheCpuWhenNoDeviceIsInSight() throws IOException {
        bring("2.5.1-cpu-linux-x86_64", "2.5.1-cu124-linux-x86_64");
        Files.createFile(root.resolve("dev/nvidiactl"));
        assertThat(libraries.folder()).hasFileName("2.5.1-cpu-linux-x86_64");
    }

    @Test
    void usesTheCpuWhenTheImageHasNoCuda() throws IOException {
        bring("2.7.1-cpu-linux-x86_64");
        Files.createFile(root.resolve("dev/nvidia0"));
        assertThat(libraries.folder()).hasFileName("2.7.1-cpu-linux-x86_64");
    }

    @Test
    void saysThatTheImageHasNoEngine() {
        assertThatThrownBy(libraries::folder)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("src/dev/images");
    }

    private void bring(String... folders) throws IOException {
        for (String folder : folders) {
            Files.createDirectories(root.resolve("engine").resolve(folder));
        }
    }
}
