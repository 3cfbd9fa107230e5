package io.viewal.worker.dataset.importer.hypersim;

import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Intrinsics;
import io.viewal.worker.dataset.VoidLabel;
import io.viewal.worker.dataset.importer.source.FloatDepth;
import io.viewal.worker.dataset.importer.source.ForeignFrame;
import io.viewal.worker.dataset.importer.source.ForeignScene;
import io.viewal.worker.dataset.importer.source.LabelTable;
import io.viewal.worker.dataset.importer.source.Nyu40;
import io.viewal.worker.dataset.importer.source.OpenScene;
import io.viewal.worker.dataset.importer.source.SceneImporter;
import io.viewal.worker.dataset.importer.source.ScenePlace;
import io.viewal.worker.dataset.importer.source.SceneTraits;
import io.viewal.worker.dataset.importer.source.SourceFault;
import io.viewal.worker.dataset.importer.source.SourceFiles;
import io.viewal.worker.dataset.importer.source.SourceImages;
import io.viewal.worker.dataset.importer.source.SourceOptions;
import io.viewal.worker.dataset.interchange.IntegerImage;
import io.viewal.worker.dataset.interchange.TransformsWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hypersim as it is published; each camera's trajectory becomes a scene. Colour is the tone-mapped preview; depth the
 * distance along the ray in metres, kept in millimetres; labels are NYU40 ids, −1 = none. The camera has a field of view of
 * 60° across and square pixels, unless another is given: some scenes were rendered with shifted lenses.
 */
public final class HypersimImporter implements SceneImporter {

    private static final String MARKER = "_detail/metadata_scene.csv";
    private static final Pattern COLOR = Pattern.compile("(frame\\.(\\d{1,9}))\\.tonemap\\.(jpg|png)");
    private static final SceneTraits TRAITS = new SceneTraits(Nyu40.CLASSES, 0.001, true);
    private static final LabelTable NYU40 = Nyu40.table();

    @Override
    public List<ForeignScene> scenes(Path source, SourceOptions options) throws IOException {
        List<ForeignScene> scenes = new ArrayList<>();
        for (ScenePlace place : ScenePlace.find(source, MARKER)) {
            try (SourceFiles files = place.open()) {
                for (String camera : files.folders("_detail")) {
                    if (camera.startsWith("cam_")) {
                        ScenePlace track = new ScenePlace(place.name() + "_" + camera, place.root(), place.folder());
                        scenes.add(OpenScene.at(track, opened -> open(opened, camera, options)));
                    }
                }
            }
        }
        if (scenes.isEmpty()) {
            throw SourceFault.invalid(source, "it has no trajectory: expected folders _detail/cam_<number>");
        }
        return scenes;
    }

    private static OpenScene open(SourceFiles files, String camera, SourceOptions options) throws IOException {
        String preview = "images/scene_" + camera + "_final_preview";
        List<Matcher> colors = files.names(preview).stream()
                .map(COLOR::matcher)
                .filter(Matcher::matches)
                .toList();
        if (colors.isEmpty()) {
            throw SourceFault.invalid(files.describe(preview), "it holds no image frame.<number>.tonemap.jpg");
        }
        String first = preview + "/" + colors.getFirst().group();
        ImageSize size = SourceImages.colorSize(files.describe(first), files.read(first));
        CameraTrack track = CameraTrack.read(files, camera);
        Intrinsics intrinsics = options.camera().orElseGet(() -> sixtyDegrees(size));
        return new OpenScene(files, TRAITS, OpenScene.frames(colors, color -> {
            int number = Integer.parseInt(color.group(2));
            if (number >= track.size()) {
                return new ForeignFrame.Broken(
                        color.group(1), "the trajectory has " + track.size() + " poses, none for this frame");
            }
            return new ForeignFrame.Posed(
                    color.group(1), intrinsics, size, track.pose(number), () -> images(files, camera, color));
        }));
    }

    private static Intrinsics sixtyDegrees(ImageSize size) {
        double focal = size.width() / (2 * Math.tan(Math.toRadians(30)));
        return new Intrinsics(focal, focal, (size.width() - 1) / 2.0, (size.height() - 1) / 2.0);
    }

    private static TransformsWriter.Images images(SourceFiles files, String camera, Matcher color) throws IOException {
        String geometry = "images/scene_" + camera + "_geometry_hdf5/" + color.group(1);
        String semantic = geometry + ".semantic.hdf5";
        HdfArray depth = HdfArray.read(files, geometry + ".depth_meters.hdf5", 2);
        return new TransformsWriter.Images(
                files.read("images/scene_" + camera + "_final_preview/" + color.group()),
                color.group(3),
                FloatDepth.units(size(depth), depth.values(), TRAITS.metresADepthUnit()),
                files.exists(semantic) ? labels(files.describe(semantic), HdfArray.read(files, semantic, 2)) : null,
                null);
    }

    private static IntegerImage labels(String place, HdfArray semantic) {
        char[] ids = new char[semantic.values().length];
        for (int p = 0; p < ids.length; p++) {
            float id = semantic.values()[p];
            ids[p] = id == -1 ? VoidLabel.ID : (char) id;
            if (id != -1 && id != ids[p]) {
                throw SourceFault.invalidLabels(place, "label id " + id + " is none of NYU40's");
            }
        }
        return NYU40.classIds(place, new IntegerImage(size(semantic), 16, ids));
    }

    private static ImageSize size(HdfArray image) {
        return new ImageSize(image.dimensions()[1], image.dimensions()[0]);
    }
}
