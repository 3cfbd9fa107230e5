package io.viewal.worker.dataset.importer.scannet;

import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Intrinsics;
import io.viewal.worker.dataset.importer.source.ForeignFrame;
import io.viewal.worker.dataset.importer.source.ForeignScene;
import io.viewal.worker.dataset.importer.source.NumberText;
import io.viewal.worker.dataset.importer.source.Nyu40;
import io.viewal.worker.dataset.importer.source.OpenScene;
import io.viewal.worker.dataset.importer.source.ScenePlace;
import io.viewal.worker.dataset.importer.source.SceneTraits;
import io.viewal.worker.dataset.importer.source.SourceFault;
import io.viewal.worker.dataset.importer.source.SourceFiles;
import io.viewal.worker.dataset.importer.source.SourceImages;
import io.viewal.worker.dataset.interchange.IntegerImage;
import io.viewal.worker.dataset.interchange.TransformsWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * ScanNet's frames in a folder a scene, {@code color/<number>.jpg}, {@code depth/<number>.png} and {@code pose/<number>.txt}:
 * as ScanNet's SensReader exports them, with {@code intrinsic/intrinsic_depth.txt}, or as {@code scannet_frames_25k} has
 * them, with {@code intrinsics_depth.txt}.
 *
 * @param intrinsics file of the depth camera, in the scene's folder
 * @param colorIntrinsics the same of the colour camera
 */
record ScanNetExport(String intrinsics, String colorIntrinsics) {

    private static final List<ScanNetExport> ALL = List.of(
            new ScanNetExport("intrinsic/intrinsic_depth.txt", "intrinsic/intrinsic_color.txt"),
            new ScanNetExport("intrinsics_depth.txt", "intrinsics_color.txt"));
    private static final SceneTraits TRAITS = new SceneTraits(Nyu40.CLASSES, 0.001, false);

    /**
     * The scenes in a folder, or in folders in it.
     *
     * @param table of raw ids; empty: label maps have NYU40's
     * @return none when there is none of this form
     */
    static List<ForeignScene> scenes(Path source, Optional<RawLabels> table) throws IOException {
        Map<String, ForeignScene> scenes = new LinkedHashMap<>();
        for (ScanNetExport form : ALL) {
            for (ScenePlace place : form.places(source)) {
                scenes.putIfAbsent(place.name(), OpenScene.at(place, files -> form.open(files, table)));
            }
        }
        return List.copyOf(scenes.values());
    }

    private List<ScenePlace> places(Path source) throws IOException {
        try {
            return ScenePlace.find(source, intrinsics);
        } catch (InvalidInputException e) {
            // It has the other form, or none.
            return List.of();
        }
    }

    private OpenScene open(SourceFiles files, Optional<RawLabels> table) throws IOException {
        List<String> depths = files.names("depth");
        List<String> colors = files.names("color");
        if (depths.isEmpty() || colors.isEmpty()) {
            throw SourceFault.invalid(
                    files.describe(depths.isEmpty() ? "depth" : "color"),
                    "it holds no image; expected <number>.png or .jpg");
        }
        String first = "depth/" + depths.getFirst();
        ImageSize size =
                SourceImages.depth(files.describe(first), files.read(first)).size();
        String color = "color/" + colors.getFirst();
        ImageSize colorSize = SourceImages.colorSize(files.describe(color), files.read(color));
        Intrinsics depthCamera = camera(files, intrinsics);
        SameView.require(
                files.describe(intrinsics),
                new SensHeader.Camera(colorSize, camera(files, colorIntrinsics)),
                new SensHeader.Camera(size, depthCamera));
        Labels labels = Labels.of(files, table);
        return new OpenScene(
                files,
                TRAITS,
                OpenScene.frames(colors, file -> frame(files, new SensHeader.Camera(size, depthCamera), labels, file)));
    }

    private static Intrinsics camera(SourceFiles files, String path) throws IOException {
        try {
            double[] k = NumberText.parse(files.text(path), 16);
            return new Intrinsics(k[0], k[5], k[2], k[6]);
        } catch (IllegalArgumentException e) {
            throw SourceFault.invalid(files.describe(path), "expected a 4 x 4 matrix: " + e.getMessage(), e);
        }
    }

    private static ForeignFrame frame(SourceFiles files, SensHeader.Camera camera, Labels labels, String color) {
        int dot = Math.max(0, color.lastIndexOf('.'));
        String name = color.substring(0, dot);
        String poseFile = "pose/" + name + ".txt";
        double[] pose;
        try {
            pose = NumberText.parse(files.text(poseFile), 16);
        } catch (InvalidInputException e) {
            return new ForeignFrame.Broken(name, e.getMessage());
        } catch (IllegalArgumentException e) {
            return new ForeignFrame.Broken(
                    name, files.describe(poseFile) + ": expected a 4 x 4 matrix: " + e.getMessage());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        if (Arrays.stream(pose).anyMatch(Double::isInfinite)) {
            return new ForeignFrame.Lost(name, "the pose is not finite (the tracker lost this frame)");
        }
        return new ForeignFrame.Posed(name, camera.intrinsics(), camera.size(), pose, () -> {
            String depth = "depth/" + name + ".png";
            return new TransformsWriter.Images(
                    files.read("color/" + color),
                    color.substring(dot + 1),
                    SourceImages.depth(files.describe(depth), files.read(depth)),
                    labels.read(files, name),
                    null);
        });
    }

    /**
     * The label maps of a scene.
     *
     * @param folder null: there is none
     * @param table empty: they have NYU40's ids
     */
    private record Labels(String folder, Optional<RawLabels> table) {

        /** Of SensReader's export, raw ids; of the 25k frames, NYU40's. */
        static Labels of(SourceFiles files, Optional<RawLabels> table) throws IOException {
            for (String folder : List.of("label-filt", "label")) {
                if (!files.names(folder).isEmpty()) {
                    if (folder.equals("label-filt") && table.isEmpty()) {
                        throw SourceFault.invalid(files.describe(folder), RawLabels.NEEDED);
                    }
                    return new Labels(folder, table);
                }
            }
            for (String file : files.names("")) {
                if (file.endsWith("_2d-label-filt.zip") || file.endsWith("_2d-label.zip")) {
                    throw SourceFault.invalid(
                            files.describe(file),
                            "unpack it here, so that its folder label-filt lies beside color, and give --label-table "
                                    + RawLabels.FILE);
                }
            }
            return new Labels(null, table);
        }

        IntegerImage read(SourceFiles files, String name) throws IOException {
            String path = folder + "/" + name + ".png";
            if (folder == null || !files.exists(path)) {
                return null;
            }
            String place = files.describe(path);
            IntegerImage ids = SourceImages.ids(place, files.read(path));
            return table.isPresent()
                    ? table.get().classIds(place, ids)
                    : ScanNetFramesImporter.NYU40.classIds(place, ids);
        }
    }
}
