package io.viewal.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.viewal.contract.ExitCode;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Holds the table of command-line.md to the exit codes that there are. */
class ExitCodesPageTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| (?<code>\\d+) \\| `(?<name>\\w+)` \\| [^|]+ \\|");

    @Test
    void hasARowForEachExitCode() throws IOException, IllegalAccessException {
        Map<String, Integer> codes = new TreeMap<>(Map.of("USAGE", CommandLine.ExitCode.USAGE));
        for (Field field : ExitCode.class.getDeclaredFields()) {
            if (Modifier.isPublic(field.getModifiers())) {
                codes.put(field.getName(), field.getInt(null));
            }
        }
        assertThat(ROW.matcher(Files.readString(Path.of("../src/site/command-line.md")))
                        .results()
                        .collect(Collectors.toMap(row -> row.group("name"), row -> Integer.valueOf(row.group("code")))))
                .isEqualTo(codes);
    }
}
