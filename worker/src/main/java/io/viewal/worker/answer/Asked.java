package io.viewal.worker.answer;

import io.viewal.contract.ContractJson;
import io.viewal.worker.artifact.SelectionCsv;
import io.viewal.worker.dataset.DatasetManifest;
import io.viewal.worker.dataset.DatasetManifest.FileEntry;
import io.viewal.worker.dataset.DatasetManifest.SceneEntry;
import io.viewal.worker.dataset.SceneFile;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The regions that a round asks people about. A region's digest is made of the content of its scene's images and
 * superpixels, its frame and its name; the selection's of those of its regions. So both stay when a round is made again under
 * another name, or scored anew in other last bits, and another data set never finds them.
 *
 * @param digest of the selection
 * @param regions by digest, in the order of choice
 */
public record Asked(String digest, Map<String, SelectionCsv.Row> regions) {

    public Asked {
        regions = Collections.unmodifiableMap(new LinkedHashMap<>(regions));
    }

    /** The regions of a selection. */
    public static Asked of(DatasetManifest manifest, List<SelectionCsv.Row> selection) {
        Map<String, String> scenes = manifest.scenes().stream()
                .collect(Collectors.toMap(
                        SceneEntry::name,
                        scene -> sha256(scene, SceneFile.COLOR) + "\n" + sha256(scene, SceneFile.SUPERPIXELS)));
        Map<String, SelectionCsv.Row> regions = new LinkedHashMap<>();
        for (SelectionCsv.Row row : selection) {
            regions.put(
                    digest(scenes.get(row.scene()), row.frame(), row.region().toString()), row);
        }
        String[] sorted = regions.keySet().stream().sorted().toArray(String[]::new);
        return new Asked(digest(sorted), regions);
    }

    private static String sha256(SceneEntry scene, SceneFile file) {
        FileEntry entry = scene.file(file);
        return entry == null ? "" : entry.sha256();
    }

    private static String digest(String... lines) {
        return ContractJson.sha256(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }
}
