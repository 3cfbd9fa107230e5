package io.viewal.worker.dataset.importer.colmap;

import io.viewal.worker.dataset.importer.source.ForeignFrame;
import io.viewal.worker.dataset.importer.source.ForeignFrames;
import io.viewal.worker.dataset.importer.source.ForeignScene;
import io.viewal.worker.dataset.importer.source.Rotations;
import io.viewal.worker.dataset.importer.source.SceneImporter;
import io.viewal.worker.dataset.importer.source.ScenePlace;
import io.viewal.worker.dataset.importer.source.SceneTraits;
import io.viewal.worker.dataset.importer.source.SourceFault;
import io.viewal.worker.dataset.importer.source.SourceFiles;
import io.viewal.worker.dataset.importer.source.SourceImages;
import io.viewal.worker.dataset.importer.source.SourceOptions;
import io.viewal.worker.dataset.interchange.TransformsWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * COLMAP models as text: {@code cameras.txt} and {@code images.txt} in {@code sparse/0}, {@code sparse} or the scene's
 * folder, colour in {@code images}, and a depth map for each image (see {@link ColmapDepth}). Poses are world → camera;
 * cameras must be PINHOLE or SIMPLE_PINHOLE. There are no labels in a
 * model; maps of class ids may be laid beside it as {@code labels/<image>.png}.
 */
public final class ColmapImporter implements SceneImporter {

    private static final List<String> MODEL_FOLDERS = List.of("sparse/0/", "sparse/", "");
    private static final double DEFAULT_UNIT = 0.001;

    @Override
    public List<ForeignScene> scenes(Path source, SourceOptions options) throws IOException {
        Map<String, ForeignScene> scenes = new LinkedHashMap<>();
        List<RuntimeException> faults = new ArrayList<>();
        for (String folder : MODEL_FOLDERS) {
            try {
                for (ScenePlace place : ScenePlace.find(source, folder + "cameras.txt")) {
                    scenes.putIfAbsent(place.name(), new Model(place, folder, options));
                }
            } catch (io.viewal.worker.InvalidInputException e) {
                faults.add(e);
            }
        }
        if (scenes.isEmpty()) {
            throw faults.getFirst();
        }
        return List.copyOf(scenes.values());
    }

    private record Model(ScenePlace place, String folder, SourceOptions options) implements ForeignScene {

        @Override
        public String name() {
            return place.name();
        }

        @Override
        public List<Path> files() {
            return place.files();
        }

        @Override
        public ForeignFrames open() throws IOException {
            SourceFiles files = place.open();
            Frames frames = null;
            try {
                Map<String, ColmapCamera> cameras = ColmapCamera.read(files, folder + "cameras.txt");
                double unit = options.metresADepthUnit().orElse(DEFAULT_UNIT);
                frames = new Frames(
                        files, cameras, new TextLines(files, folder + "images.txt"), new ColmapDepth(files, unit));
                return frames;
            } finally {
                if (frames == null) {
                    files.close();
                }
            }
        }
    }

    private record Frames(SourceFiles files, Map<String, ColmapCamera> cameras, TextLines images, ColmapDepth depth)
            implements ForeignFrames {

        @Override
        public SceneTraits traits() {
            return new SceneTraits(List.of(), depth.unit(), false);
        }

        /** {@code IMAGE_ID QW QX QY QZ TX TY TZ CAMERA_ID NAME}, then a line of points, which may be empty. */
        @Override
        public ForeignFrame next() throws IOException {
            String line = images.next();
            if (line == null) {
                return null;
            }
            images.skip();
            String[] words = line.split("\\s+", 10);
            if (words.length < 10 || words[9].lastIndexOf('.') < 0) {
                throw SourceFault.invalid(
                        images, "the line '" + line + "' is no image (IMAGE_ID QW QX QY QZ TX TY TZ CAMERA_ID NAME)");
            }
            String image = words[9];
            int dot = image.lastIndexOf('.');
            String name = image.substring(0, dot).replace('/', '_');
            ColmapCamera camera = cameras.get(words[8]);
            if (camera == null || camera.intrinsics() == null) {
                return new ForeignFrame.Broken(
                        name,
                        images + ": camera " + words[8]
                                + (camera == null
                                        ? " is not in cameras.txt"
                                        : " has the model " + camera.model()
                                                + "; expected PINHOLE or SIMPLE_PINHOLE: run colmap image_undistorter first"));
            }
            try {
                double[] pose = Rotations.inverse(pose(words));
                return new ForeignFrame.Posed(
                        name,
                        camera.intrinsics(),
                        camera.size(),
                        pose,
                        () -> new TransformsWriter.Images(
                                files.read("images/" + image),
                                image.substring(dot + 1),
                                depth.read(image),
                                SourceImages.laidBeside(files, "labels/" + image.substring(0, dot) + ".png"),
                                null));
            } catch (IllegalArgumentException e) {
                return new ForeignFrame.Broken(name, images + ": the pose of " + image + ": " + e.getMessage());
            }
        }

        private static double[] pose(String[] words) {
            double[] n = new double[7];
            for (int i = 0; i < 7; i++) {
                n[i] = Double.parseDouble(words[1 + i]);
            }
            return Rotations.ofQuaternion(n[1], n[2], n[3], n[0], n[4], n[5], n[6]);
        }

        @Override
        public void close() throws IOException {
            try (files) {
                images.close();
            }
        }
    }
}
