package io.viewal.images;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.TarImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageBuilderTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    @BeforeEach
    void layOutTwoLayers() throws IOException {
        Path program = folder.resolve("runtime/opt/java/bin/java");
        Files.createDirectories(program.getParent());
        Files.writeString(program, "program");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        Files.createDirectories(folder.resolve("runtime/tmp"));
        Path jar = folder.resolve("app/opt/viewal/app.jar");
        Files.createDirectories(jar.getParent());
        Files.writeString(jar, "jar");
    }

    @Test
    void runsAsNobodyOfTheMachine() throws Exception {
        JsonNode config = config(build("one")).path("config");
        assertThat(config.path("User").asText()).isEqualTo("10001:10001");
        assertThat(config.path("Entrypoint").toString())
                .isEqualTo("[\"/opt/java/bin/java\",\"@/opt/viewal/java.args\"]");
        assertThat(config.path("Env").toString()).contains("GOMP_SPINCOUNT=0");
        assertThat(config.path("Labels")
                        .path("org.opencontainers.image.version")
                        .asText())
                .isEqualTo("1");
    }

    @Test
    void putsTheLayersInTheOrderGiven() throws Exception {
        Map<String, byte[]> image = build("one");
        List<TarArchiveEntry> bottom = layer(image, 0);
        assertThat(bottom)
                .extracting(TarArchiveEntry::getName)
                .containsExactly("opt/", "opt/java/", "opt/java/bin/", "opt/java/bin/java", "tmp/");
        assertThat(layer(image, 1)).extracting(TarArchiveEntry::getName).contains("opt/viewal/app.jar");
    }

    @Test
    void letsEverybodyRunProgramsAndWriteToTmp() throws Exception {
        List<TarArchiveEntry> bottom = layer(build("one"), 0);
        assertThat(bottom.get(3).getMode() & 0777).isEqualTo(0755);
        assertThat(bottom.get(4).getMode() & 0777).isEqualTo(0777);
    }

    @Test
    void givesTheSameBytesWheneverItRuns() throws Exception {
        Map<String, byte[]> first = build("one");
        Files.setLastModifiedTime(folder.resolve("app/opt/viewal/app.jar"), FileTime.fromMillis(1));
        assertThat(build("two")).containsOnlyKeys(first.keySet());
    }

    private Map<String, byte[]> build(String name) throws Exception {
        Path tar = folder.resolve(name + ".tar");
        List<Path> layers = List.of(folder.resolve("runtime"), folder.resolve("app"));
        new ImageBuilder(ImageDescription.of("worker"), "1", layers, folder.resolve(name + "-cache"))
                .build(Containerizer.to(TarImage.at(tar).named("viewal/worker:1"))
                        .setOfflineMode(true));
        return contents(Files.newInputStream(tar));
    }

    private static JsonNode config(Map<String, byte[]> image) throws IOException {
        return blob(image, manifest(image).path("config"));
    }

    private static JsonNode manifest(Map<String, byte[]> image) throws IOException {
        return blob(
                image, JSON.readTree(image.get("index.json")).path("manifests").get(0));
    }

    private static JsonNode blob(Map<String, byte[]> image, JsonNode descriptor) throws IOException {
        return JSON.readTree(image.get(path(descriptor)));
    }

    private static String path(JsonNode descriptor) {
        return "blobs/" + descriptor.path("digest").asText().replace(':', '/');
    }

    private static List<TarArchiveEntry> layer(Map<String, byte[]> image, int index) throws IOException {
        byte[] compressed = image.get(path(manifest(image).path("layers").get(index)));
        List<TarArchiveEntry> entries = new ArrayList<>();
        try (var tar =
                new TarArchiveInputStream(new GZIPInputStream(new ByteArrayInputStream(compressed)), UTF_8.name())) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                entries.add(entry);
            }
        }
        return entries;
    }

    private static Map<String, byte[]> contents(InputStream archive) throws IOException {
        Map<String, byte[]> files = new HashMap<>();
        try (var tar = new TarArchiveInputStream(archive)) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                files.put(entry.getName(), tar.readAllBytes());
            }
        }
        return files;
    }
}
