package io.viewal.worker.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.IVersionProvider;

/** The version that the build has written into {@code version.txt}. */
final class StampedVersion implements IVersionProvider {

    @Override
    public String[] getVersion() throws IOException {
        try (InputStream stamp = StampedVersion.class.getResourceAsStream("version.txt")) {
            return new String[] {new String(stamp.readAllBytes(), StandardCharsets.UTF_8).strip()};
        }
    }
}
