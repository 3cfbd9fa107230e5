package io.viewal.worker.dataset.opencv;

import static org.assertj.core.api.Assertions.assertThat;

import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.superpixel.SeedsSuperpixels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class OpenCvLibrariesTest {

    @Test
    @EnabledOnOs(OS.LINUX)
    void loadsNoWindowingLibraries() throws IOException {
        assertThat(new SeedsSuperpixels(new ImageSize(32, 24), 10, 1).count()).isPositive();
        try (Stream<String> mapped = Files.lines(Path.of("/proc/self/maps"))) {
            assertThat(mapped.filter(line -> line.contains(".so")))
                    .anyMatch(line -> line.contains("libopencv_ximgproc"))
                    .noneMatch(line -> line.contains("highgui") || line.contains("gtk") || line.contains("libX11"));
        }
    }
}
