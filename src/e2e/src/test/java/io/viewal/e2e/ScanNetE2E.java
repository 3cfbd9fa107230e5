package io.viewal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A round on 37 real ScanNet frames of two scenes, which lie outside the repository. */
class ScanNetE2E {

    @RegisterExtension
    static final Installation VIEWAL = new Installation();

    @Test
    void aRoundOnRealFramesGoesThroughTheOperator(@TempDir Path folder) {
        Path sample = sample();
        Path scenes = folder.resolve("scenes");
        VIEWAL.shell()
                .dev(
                        "viewal",
                        "dataset",
                        "import",
                        "--format",
                        "scannet-frames",
                        "--source",
                        sample.toString(),
                        "--out",
                        scenes.toString());
        VIEWAL.uploadFolder(scenes, "datasets/scannet");
        Tenant tenant = VIEWAL.tenant("scannet");
        tenant.apply("""
                apiVersion: viewal.io/v1alpha1
                kind: MultiViewDataset
                metadata: {name: scannet}
                spec:
                  source: {uri: "s3://%s/datasets/scannet"}
                  width: 160
                  height: 120
                  splits: {train: [scene0014_00], validation: [scene0007_00]}
                  seedSet: {frames: 2}
                """.formatted(VIEWAL.bucket()));
        tenant.apply(Manifests.round("scannet-0", "scannet"));

        JsonNode dataset = tenant.awaitReady("MultiViewDataset", "scannet", Duration.ofMinutes(4));
        assertThat(dataset.at("/status/frames").asInt()).isEqualTo(37);
        assertThat(dataset.at("/status/classes").asInt()).isEqualTo(40);
        JsonNode round = tenant.awaitReady("ActiveLearningRound", "scannet-0", Duration.ofMinutes(6));
        assertThat(new String(VIEWAL.artifact(round, "selection"), java.nio.charset.StandardCharsets.UTF_8))
                .contains("scene0014_00");
    }

    private static Path sample() {
        String shared = System.getenv()
                .getOrDefault(
                        "VIEWAL_SHARED",
                        VIEWAL.shell().root().resolve("../shared").normalize().toString());
        Path sample = Path.of(shared).resolve("data/scannet-sample");
        if (!Files.isDirectory(sample)) {
            String message = "No ScanNet sample at shared/data/scannet-sample beside the repository, nor VIEWAL_SHARED";
            assertThat(System.getenv("CI")).as(message).isNotEqualTo("true");
            Assumptions.abort(message);
        }
        return sample;
    }
}
