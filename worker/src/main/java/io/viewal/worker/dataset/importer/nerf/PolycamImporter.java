package io.viewal.worker.dataset.importer.nerf;

import com.fasterxml.jackson.databind.JsonNode;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Intrinsics;
import io.viewal.worker.dataset.importer.source.ForeignFrame;
import io.viewal.worker.dataset.importer.source.ForeignScene;
import io.viewal.worker.dataset.importer.source.OpenScene;
import io.viewal.worker.dataset.importer.source.SceneImporter;
import io.viewal.worker.dataset.importer.source.ScenePlace;
import io.viewal.worker.dataset.importer.source.SceneTraits;
import io.viewal.worker.dataset.importer.source.SourceFault;
import io.viewal.worker.dataset.importer.source.SourceFiles;
import io.viewal.worker.dataset.importer.source.SourceImages;
import io.viewal.worker.dataset.importer.source.SourceOptions;
import io.viewal.worker.dataset.interchange.CameraAxes;
import io.viewal.worker.dataset.interchange.TransformsWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Raw exports of the Polycam app, as a folder or as the archive: {@code keyframes/corrected_cameras} and {@code
 * corrected_images}, or {@code cameras} and {@code images} where the app did not improve the poses, with {@code depth} in
 * millimetres. Cameras have OpenGL's axes. The app makes no labels; maps of class ids may be laid
 * beside its images as {@code keyframes/labels/<image>.png}.
 */
public final class PolycamImporter implements SceneImporter {

    private static final SceneTraits TRAITS = new SceneTraits(List.of(), 0.001, false);
    private static final String JSON = ".json";

    @Override
    public List<ForeignScene> scenes(Path source, SourceOptions options) throws IOException {
        return ScenePlace.find(source, "keyframes").stream()
                .map(place -> OpenScene.at(place, PolycamImporter::open))
                .toList();
    }

    private static OpenScene open(SourceFiles files) throws IOException {
        List<String> corrected = files.names("keyframes/corrected_cameras");
        String prefix = corrected.isEmpty() ? "keyframes/" : "keyframes/corrected_";
        List<String> cameras = (corrected.isEmpty() ? files.names("keyframes/cameras") : corrected)
                .stream().filter(file -> file.endsWith(JSON)).toList();
        if (cameras.isEmpty()) {
            throw SourceFault.invalid(
                    files.describe("keyframes/cameras"),
                    "it holds no camera; export raw data of a capture that was taken with the depth sensor");
        }
        return new OpenScene(files, TRAITS, OpenScene.frames(cameras, file -> frame(files, prefix, file)));
    }

    private static ForeignFrame frame(SourceFiles files, String prefix, String file) {
        String name = file.substring(0, file.length() - JSON.length());
        String path = prefix + "cameras/" + file;
        String depth = "keyframes/depth/" + name + ".png";
        try {
            JsonNode camera = JsonFields.read(files, path);
            double[] pose = new double[16];
            pose[15] = 1;
            for (int i = 0; i < 12; i++) {
                pose[i] = JsonFields.number(camera, "t_" + i / 4 + i % 4);
            }
            return new ForeignFrame.Posed(
                    name,
                    new Intrinsics(
                            JsonFields.number(camera, "fx"),
                            JsonFields.number(camera, "fy"),
                            JsonFields.number(camera, "cx"),
                            JsonFields.number(camera, "cy")),
                    new ImageSize((int) JsonFields.number(camera, "width"), (int) JsonFields.number(camera, "height")),
                    CameraAxes.flip(pose),
                    () -> new TransformsWriter.Images(
                            files.read(prefix + "images/" + name + ".jpg"),
                            "jpg",
                            SourceImages.depth(files.describe(depth), files.read(depth)),
                            SourceImages.laidBeside(files, "keyframes/labels/" + name + ".png"),
                            null));
        } catch (InvalidInputException e) {
            return new ForeignFrame.Broken(name, e.getMessage());
        } catch (IllegalArgumentException e) {
            return new ForeignFrame.Broken(name, files.describe(path) + ": " + e.getMessage());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
