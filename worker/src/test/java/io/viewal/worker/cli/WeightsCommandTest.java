package io.viewal.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.viewal.contract.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the command adds to the conversion, which PretrainedTest holds. */
class WeightsCommandTest {

    private final StringWriter err = new StringWriter();

    @TempDir
    Path temp;

    @Test
    void saysWhatTheFileIsAndLeavesNothingBehind() throws IOException {
        Path page = Files.writeString(temp.resolve("weights.pth"), "<!DOCTYPE html><html>Sign in</html>");

        assertThat(run(page, temp.resolve("out.safetensors"))).isEqualTo(ExitCode.BAD_DATA);
        assertThat(err.toString()).contains("weights.pth", "web page");
        assertThat(temp.toFile().list()).containsExactly("weights.pth");
    }

    @Test
    void overwritesNothing() throws IOException {
        Path there = Files.writeString(temp.resolve("out.safetensors"), "mine");

        assertThat(run(temp.resolve("weights.pth"), there)).isNotEqualTo(ExitCode.OK);
        assertThat(err.toString()).contains("out.safetensors", "is there already");
        assertThat(there).hasContent("mine");
    }

    private int run(Path file, Path out) {
        CommandLine command = ViewalCommand.commandLine();
        command.setErr(new PrintWriter(err, true));
        return command.execute(
                "weights", "--file", file.toString(), "--backbone", "EfficientNetLite0", "--out", out.toString());
    }
}
