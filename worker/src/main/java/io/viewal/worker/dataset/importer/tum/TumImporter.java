package io.viewal.worker.dataset.importer.tum;

import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Intrinsics;
import io.viewal.worker.dataset.importer.source.ForeignFrame;
import io.viewal.worker.dataset.importer.source.ForeignScene;
import io.viewal.worker.dataset.importer.source.NumberText;
import io.viewal.worker.dataset.importer.source.OpenScene;
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
import java.util.List;

/**
 * TUM RGB-D sequences: {@code rgb.txt}, {@code depth.txt} and {@code groundtruth.txt} with the images that they name.
 * Colour goes with the depth image and the pose that are nearest in time; frames without one within 20 ms, the
 * benchmark's own bound, are left out. Depth has 5000 units a metre. The benchmark has no labels; maps of class ids may be
 * laid beside it as {@code labels/<colour image>.png}.
 */
public final class TumImporter implements SceneImporter {

    private static final double MOST_SECONDS_APART = 0.02;
    private static final SceneTraits TRAITS = new SceneTraits(List.of(), 1.0 / 5000, false);

    /** The camera that the benchmark recommends for registered images, and the size that it is for. */
    private static final Intrinsics DEFAULT_CAMERA = new Intrinsics(525, 525, 319.5, 239.5);

    private static final ImageSize DEFAULT_SIZE = new ImageSize(640, 480);

    @Override
    public List<ForeignScene> scenes(Path source, SourceOptions options) throws IOException {
        return ScenePlace.find(source, "rgb.txt").stream()
                .map(place -> OpenScene.at(place, files -> open(files, options)))
                .toList();
    }

    private static OpenScene open(SourceFiles files, SourceOptions options) throws IOException {
        List<TimedLines.Line> colors = TimedLines.read(files, "rgb.txt", 1).all();
        if (colors.isEmpty()) {
            throw SourceFault.invalid(files.describe("rgb.txt"), "it lists no image");
        }
        String first = colors.getFirst().words().getFirst();
        ImageSize size = SourceImages.colorSize(files.describe(first), files.read(first));
        if (options.camera().isEmpty() && !size.equals(DEFAULT_SIZE)) {
            throw SourceFault.invalid(
                    files.describe(first),
                    "it has " + size + " pixels, and the benchmark's camera is for " + DEFAULT_SIZE
                            + ": give --camera FX,FY,CX,CY (source.camera)");
        }
        Sequence sequence = new Sequence(
                files,
                size,
                options.camera().orElse(DEFAULT_CAMERA),
                TimedLines.read(files, "depth.txt", 1),
                TimedLines.read(files, "groundtruth.txt", 7));
        return new OpenScene(files, TRAITS, OpenScene.frames(colors, sequence::frame));
    }

    /** What frames are made from. */
    private record Sequence(SourceFiles files, ImageSize size, Intrinsics camera, TimedLines depths, TimedLines poses) {

        ForeignFrame frame(TimedLines.Line color) {
            String colorPath = color.words().getFirst();
            String file = colorPath.substring(colorPath.lastIndexOf('/') + 1);
            int dot = Math.max(0, file.lastIndexOf('.'));
            String name = file.substring(0, dot);
            TimedLines.Line depth = depths.nearest(color.seconds(), MOST_SECONDS_APART);
            TimedLines.Line pose = poses.nearest(color.seconds(), MOST_SECONDS_APART);
            if (depth == null || pose == null) {
                return new ForeignFrame.Lost(
                        name, "there is no " + (depth == null ? "depth image" : "pose") + " within 20 ms of it");
            }
            String depthPath = depth.words().getFirst();
            try {
                return new ForeignFrame.Posed(
                        name,
                        camera,
                        size,
                        matrix(pose),
                        () -> new TransformsWriter.Images(
                                files.read(colorPath),
                                file.substring(dot + 1),
                                SourceImages.depth(files.describe(depthPath), files.read(depthPath)),
                                SourceImages.laidBeside(files, "labels/" + name + ".png"),
                                null));
            } catch (IllegalArgumentException e) {
                return new ForeignFrame.Broken(
                        name, files.describe("groundtruth.txt") + ", time " + pose.seconds() + ": " + e.getMessage());
            }
        }

        private static double[] matrix(TimedLines.Line pose) {
            double[] n = NumberText.parse(String.join(" ", pose.words()), 7);
            return Rotations.ofQuaternion(n[3], n[4], n[5], n[6], n[0], n[1], n[2]);
        }
    }
}
