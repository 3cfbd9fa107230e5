package io.viewal.worker.dataset.importer.colmap;

import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.importer.source.ForeignFrame;
import io.viewal.worker.dataset.importer.source.ForeignScene;
import io.viewal.worker.dataset.importer.source.OpenScene;
import io.viewal.worker.dataset.importer.source.Rotations;
import io.viewal.worker.dataset.importer.source.SceneImporter;
import io.viewal.worker.dataset.importer.source.ScenePlace;
import io.viewal.worker.dataset.importer.source.SceneTraits;
import io.viewal.worker.dataset.importer.source.SourceFault;
import io.viewal.worker.dataset.importer.source.SourceFiles;
import io.viewal.worker.dataset.importer.source.SourceImages;
import io.viewal.worker.dataset.importer.source.SourceOptions;
import io.viewal.worker.dataset.importer.source.SourceTree;
import io.viewal.worker.dataset.interchange.TransformsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * COLMAP models (see {@link ColmapModel}) in {@code sparse/0}, {@code sparse} or the scene's folder, colour in {@code images},
 * and a depth map for each image (see {@link ColmapDepth}). Poses are world → camera; lenses with distortion are undistorted.
 * There are no labels in a model; maps of class ids may be laid beside it as {@code labels/<image>.png}.
 */
public final class ColmapImporter implements SceneImporter {

    private static final List<String> MODEL_FOLDERS = List.of("sparse/0/", "sparse/", "");
    private static final double DEFAULT_UNIT = 0.001;

    @Override
    public List<ForeignScene> scenes(Path source, SourceOptions options) throws IOException {
        Map<String, ForeignScene> scenes = new LinkedHashMap<>();
        for (String folder : MODEL_FOLDERS) {
            for (String cameras : ColmapModel.CAMERAS) {
                for (ScenePlace place : found(source, folder + cameras)) {
                    scenes.putIfAbsent(place.name(), OpenScene.at(place, files -> open(files, folder, options)));
                }
            }
        }
        if (scenes.isEmpty() && Files.isRegularFile(source)) {
            // Says what is wrong with the archive.
            SourceFiles.open(source).close();
        }
        if (scenes.isEmpty()) {
            throw SourceFault.invalid(
                    source,
                    "it holds no model: expected cameras.bin or cameras.txt in sparse/0, in sparse or in it, or in its"
                            + " folders or archives; " + SourceTree.holdings(source));
        }
        return List.copyOf(scenes.values());
    }

    private static List<ScenePlace> found(Path source, String marker) throws IOException {
        try {
            return ScenePlace.find(source, marker);
        } catch (InvalidInputException e) {
            // A model lies in one of several places.
            return List.of();
        }
    }

    private static OpenScene open(SourceFiles files, String folder, SourceOptions options) throws IOException {
        ColmapModel model = ColmapModel.read(files, folder);
        ColmapDepth depth = new ColmapDepth(files, options.metresADepthUnit().orElse(DEFAULT_UNIT));
        return new OpenScene(
                files,
                new SceneTraits(List.of(), depth.unit(), false),
                OpenScene.frames(model.images(), image -> frame(model, depth, image)));
    }

    private static ForeignFrame frame(ColmapModel model, ColmapDepth depth, ColmapImage image) {
        SourceFiles files = depth.files();
        int dot = image.name().lastIndexOf('.');
        String stem = image.name().substring(0, dot);
        String name = stem.replace('\\', '/').replace('/', '_');
        ColmapCamera camera = model.cameras().get(image.camera());
        if (camera == null || camera.intrinsics() == null) {
            return new ForeignFrame.Broken(
                    name,
                    "camera " + image.camera() + " of image " + image.name()
                            + (camera == null
                                    ? " is not in the model's cameras"
                                    : " has the model " + camera.model()
                                            + ", which is not known: run colmap image_undistorter first"));
        }
        try {
            return new ForeignFrame.Posed(
                            name,
                            camera.intrinsics(),
                            camera.size(),
                            Rotations.inverse(image.worldToCamera()),
                            () -> new TransformsWriter.Images(
                                    files.read("images/" + image.name()),
                                    image.name().substring(dot + 1),
                                    depth.read(image.name()),
                                    SourceImages.laidBeside(files, "labels/" + stem + ".png"),
                                    null))
                    .with(camera.distortion());
        } catch (IllegalArgumentException e) {
            return new ForeignFrame.Broken(name, "the pose of image " + image.name() + ": " + e.getMessage());
        }
    }
}
