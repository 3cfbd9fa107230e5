package io.viewal.worker.cli;

import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Chooses the engine's native libraries in an image, which may bring some for CUDA beside those for the CPU: CUDA's fail to
 * load where there is no driver, so the devices in sight decide. Without the system property {@value #DIRECTORY} the engine
 * finds its libraries on the class path by itself.
 *
 * @param directory holds one folder a flavor, {@code VERSION-FLAVOR-PLATFORM}: {@code 2.7.1-cpu-linux-x86_64}
 * @param devices where the kernel shows devices, {@code /dev}
 */
record EngineLibraries(Path directory, Path devices) {

    static final String DIRECTORY = "viewal.engine.dir";

    /** Points the engine at the libraries. To be called before the engine is touched. */
    static void choose() {
        String directory = System.getProperty(DIRECTORY);
        if (directory != null) {
            new EngineLibraries(Path.of(directory), Path.of("/dev")).use();
        }
    }

    /** Sets the system properties that DJL reads. */
    void use() {
        Path folder = folder();
        System.setProperty("java.library.path", folder.toString());
        System.setProperty("PYTORCH_FLAVOR", flavor(folder));
    }

    /** The folder of the flavor that suits the devices in sight. */
    Path folder() {
        List<Path> folders = list(directory, "*-*-*");
        Optional<Path> cuda = seesGpu() ? withFlavor(folders, "cu[0-9]+") : Optional.empty();
        return cuda.or(() -> withFlavor(folders, "cpu"))
                .orElseThrow(() -> new InvalidInputException(
                        Reason.InvalidRequest,
                        "The image has no engine for the CPU in " + directory + ", only " + folders
                                + ": build it with src/dev/images"));
    }

    private boolean seesGpu() {
        return !list(devices, "nvidia[0-9]*").isEmpty();
    }

    private static Optional<Path> withFlavor(List<Path> folders, String pattern) {
        return folders.stream()
                .filter(folder -> flavor(folder).matches(pattern))
                .findFirst();
    }

    private static String flavor(Path folder) {
        return folder.getFileName().toString().split("-")[1];
    }

    private static List<Path> list(Path folder, String glob) {
        try (var paths = Files.newDirectoryStream(folder, glob)) {
            return StreamSupport.stream(paths.spliterator(), false).sorted().toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("Can't list " + folder, e);
        }
    }
}
