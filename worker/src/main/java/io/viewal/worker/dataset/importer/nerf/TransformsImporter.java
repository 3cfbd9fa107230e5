package io.viewal.worker.dataset.importer.nerf;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.viewal.worker.dataset.importer.source.ForeignScene;
import io.viewal.worker.dataset.importer.source.OpenScene;
import io.viewal.worker.dataset.importer.source.SceneImporter;
import io.viewal.worker.dataset.importer.source.ScenePlace;
import io.viewal.worker.dataset.importer.source.SourceFault;
import io.viewal.worker.dataset.importer.source.SourceFiles;
import io.viewal.worker.dataset.importer.source.SourceOptions;
import io.viewal.worker.dataset.interchange.TransformsJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code transforms.json} as other tools write it: ScanNet++ ({@code dslr/nerfstudio/transforms_undistorted.json}),
 * nerfstudio's own for Record3D and others, NeRF's. What may differ from the interchange form: see {@link VariantFrame}.
 */
public final class TransformsImporter implements SceneImporter {

    private static final List<String> FILES = List.of(
            "dslr/nerfstudio/transforms_undistorted.json",
            "nerfstudio/transforms_undistorted.json",
            "transforms_undistorted.json",
            "transforms.json");

    @Override
    public List<ForeignScene> scenes(Path source, SourceOptions options) throws IOException {
        Map<String, ForeignScene> scenes = new LinkedHashMap<>();
        RuntimeException fault = null;
        for (String file : FILES) {
            try {
                for (ScenePlace place : ScenePlace.find(source, file)) {
                    scenes.putIfAbsent(place.name(), OpenScene.at(place, files -> open(files, file, options)));
                }
            } catch (io.viewal.worker.InvalidInputException e) {
                fault = e;
            }
        }
        if (scenes.isEmpty()) {
            throw fault;
        }
        return List.copyOf(scenes.values());
    }

    private static OpenScene open(SourceFiles files, String file, SourceOptions options) throws IOException {
        VariantScene scene = VariantScene.of(files, file, json(files, file), options);
        return new OpenScene(files, scene.traits(), OpenScene.frames(scene.frames(), VariantFrame::foreign));
    }

    private static TransformsJson json(SourceFiles files, String file) throws IOException {
        try {
            return TransformsJson.read(files.read(file));
        } catch (JsonProcessingException e) {
            throw SourceFault.invalid(files.describe(file), "it is not JSON (" + e.getOriginalMessage() + ")", e);
        } catch (IllegalArgumentException e) {
            throw SourceFault.invalid(files.describe(file), e.getMessage(), e);
        }
    }
}
