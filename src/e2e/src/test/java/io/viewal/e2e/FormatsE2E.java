package io.viewal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A data set of every layout, imported by the command line and prepared by workers that share it. */
class FormatsE2E {

    private static final int FORMATS = 9;
    /** ScanNet's and Matterport3D's 40 classes, the synthetic rooms' 13: here a name an id. */
    private static final String CLASSES =
            IntStream.range(0, 41).mapToObj(id -> "class-" + id).collect(Collectors.joining(", "));

    @RegisterExtension
    static final Installation VIEWAL = new Installation();

    @Test
    void scenesOfEveryLayoutBecomeOneDataSetAndArePreparedOnce(@TempDir Path folder)
            throws IOException, InterruptedException {
        Path scenes = folder.resolve("scenes");
        List<String> sources = sources(folder.resolve("sources"));
        assertThat(sources).hasSize(FORMATS);
        for (String source : sources) {
            List<String> arguments = new ArrayList<>(List.of("dataset", "import", "--out=" + scenes));
            arguments.addAll(List.of(source.trim().split(" ")));
            VIEWAL.shell().dev("viewal", arguments.toArray(String[]::new));
        }
        VIEWAL.uploadFolder(scenes, "datasets/formats");
        Tenant tenant = VIEWAL.tenant("formats");
        String bucket = "uri: \"s3://%s/datasets/formats\"".formatted(VIEWAL.bucket());
        tenant.apply(dataset("layouts", bucket, split(3)));
        JsonNode first = tenant.awaitReady("MultiViewDataset", "layouts", Duration.ofMinutes(5));
        assertThat(first.at("/status/scenes").asInt()).isEqualTo(FORMATS);
        assertThat(first.at("/status/preflight").asText()).isEqualTo("the views of all 9 scenes agree");
        assertThat(first.at("/status/frames").asInt()).isGreaterThanOrEqualTo(5 * FORMATS);

        // The same scenes, wherever they lie, need not be prepared again.
        tenant.apply(dataset("layouts-again", bucket, split(4)));
        assertReused(tenant, "layouts-again");
        tenant.apply(volume("scans", scenes));
        tenant.apply(dataset("layouts-of-a-volume", "volume: {claimName: scans}", split(5)));
        assertReused(tenant, "layouts-of-a-volume");
    }

    @Test
    void aLayoutIsPreparedWhereItLies(@TempDir Path folder) throws IOException, InterruptedException {
        Path all = folder.resolve("sources");
        String[] camera = camera(sources(all), "hypersim");
        VIEWAL.uploadFolder(all, "datasets/sources");
        Tenant tenant = VIEWAL.tenant("layouts");
        tenant.apply(volume("sources", all));
        String bucket = "uri: \"s3://%s/datasets/sources/".formatted(VIEWAL.bucket());
        Map<String, String> layouts = Map.of(
                "scannet", bucket + "scannet/scans\", format: ScanNet",
                "matterport", bucket + "matterport\", format: Matterport",
                "scenenet", bucket + "scenenet\", format: SceneNet",
                "hypersim",
                        "volume: {claimName: sources, path: hypersim}, format: Hypersim, camera: {fx: %s, fy: %s, cx: %s, cy: %s}"
                                .formatted((Object[]) camera));
        layouts.forEach((name, source) -> tenant.apply(dataset(name, source, "seedSet: {frames: 2}")));
        for (String name : layouts.keySet()) {
            JsonNode ready = tenant.awaitReady("MultiViewDataset", name, Duration.ofMinutes(5));
            assertThat(ready.at("/status/scenes").asInt()).as(name).isEqualTo(1);
            assertThat(ready.at("/status/frames").asInt()).as(name).isGreaterThanOrEqualTo(5);
        }
    }

    /** What {@code --camera} is given for a format. */
    private static String[] camera(List<String> sources, String format) {
        String option = "--camera=";
        return sources.stream()
                .filter(arguments -> arguments.contains("--format=" + format + " "))
                .map(arguments -> arguments.substring(arguments.indexOf(option) + option.length()))
                .findFirst()
                .orElseThrow()
                .split(",");
    }

    private static void assertReused(Tenant tenant, String dataset) {
        JsonNode ready = tenant.awaitReady("MultiViewDataset", dataset, Duration.ofMinutes(3));
        assertThat(Tenant.condition(ready, "Ready").at("/message").asText())
                .contains("9 of the scenes were there already");
    }

    /** A folder of the node, which is this machine. */
    private static String volume(String name, Path folder) {
        return """
                apiVersion: v1
                kind: PersistentVolume
                metadata: {name: %1$s}
                spec:
                  capacity: {storage: 1Gi}
                  accessModes: [ReadOnlyMany]
                  storageClassName: ""
                  hostPath: {path: "%2$s"}
                ---
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata: {name: %1$s}
                spec:
                  accessModes: [ReadOnlyMany]
                  storageClassName: ""
                  volumeName: %1$s
                  resources: {requests: {storage: 1Gi}}
                """.formatted(name, folder);
    }

    private static String split(int seedFrames) {
        return "splits: {validation: [house], test: [val_0_223]}\n  seedSet: {frames: %d}".formatted(seedFrames);
    }

    private static String dataset(String name, String source, String seedSetAndSplits) {
        return """
                apiVersion: viewal.io/v1alpha1
                kind: MultiViewDataset
                metadata: {name: %s}
                spec:
                  source: {%s}
                  classes: [%s]
                  width: 160
                  height: 120
                  shards: 2
                  %s
                """.formatted(name, source, CLASSES, seedSetAndSplits);
    }

    /** Written by the importers' tests: the arguments that import each. */
    private static List<String> sources(Path folder) throws IOException, InterruptedException {
        Path worker = VIEWAL.shell().root().resolve("worker/target");
        String classPath = String.join(
                ":",
                worker.resolve("classes").toString(),
                worker.resolve("writers") + "/*",
                worker.resolve("lib") + "/*",
                System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Djava.awt.headless=true", "-cp", classPath));
        command.addAll(List.of("io.viewal.worker.dataset.importer.EveryFormat", folder.toString()));
        Process writer = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> lines = writer.inputReader().lines().toList();
        assertThat(writer.waitFor()).isZero();
        return lines;
    }
}
