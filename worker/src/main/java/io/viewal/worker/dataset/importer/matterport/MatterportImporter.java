package io.viewal.worker.dataset.importer.matterport;

import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Intrinsics;
import io.viewal.worker.dataset.importer.source.ForeignFrame;
import io.viewal.worker.dataset.importer.source.ForeignScene;
import io.viewal.worker.dataset.importer.source.LabelTable;
import io.viewal.worker.dataset.importer.source.NumberText;
import io.viewal.worker.dataset.importer.source.OpenScene;
import io.viewal.worker.dataset.importer.source.SceneImporter;
import io.viewal.worker.dataset.importer.source.ScenePlace;
import io.viewal.worker.dataset.importer.source.SceneTraits;
import io.viewal.worker.dataset.importer.source.SourceFiles;
import io.viewal.worker.dataset.importer.source.SourceImages;
import io.viewal.worker.dataset.importer.source.SourceOptions;
import io.viewal.worker.dataset.interchange.CameraAxes;
import io.viewal.worker.dataset.interchange.TransformsWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Matterport3D houses as they are published: {@code undistorted_camera_parameters/<house>.conf} with the images that it
 * names. Cameras look along −z with y up, rows of images are counted from the bottom, depth has 4000 units a metre.
 *
 * <p>The data set has labels on meshes, not on images; maps that were rendered from these are read from {@code
 * labels/<colour image>.png}, with the ids of {@code mpcat40}.
 */
public final class MatterportImporter implements SceneImporter {

    private static final String CONFIG = "undistorted_camera_parameters/{scene}.conf";
    private static final SceneTraits TRAITS = new SceneTraits(Mpcat40.CLASSES, 1.0 / 4000, false);

    @Override
    public List<ForeignScene> scenes(Path source, SourceOptions options) throws IOException {
        return ScenePlace.find(source, CONFIG).stream()
                .map(place -> OpenScene.at(place, files -> open(files, place.name())))
                .toList();
    }

    private static OpenScene open(SourceFiles files, String house) throws IOException {
        String path = CONFIG.replace("{scene}", house);
        HouseConfig config = HouseConfig.parse(files.describe(path), files.text(path));
        String first = config.colorFolder() + "/" + config.scans().getFirst().color();
        ImageSize size = SourceImages.colorSize(files.describe(first), files.read(first));
        House opened = new House(files, path, config, size, Mpcat40.table());
        return new OpenScene(files, TRAITS, OpenScene.frames(config.scans(), opened::frame));
    }

    /** What frames are made from. */
    private record House(SourceFiles files, String path, HouseConfig config, ImageSize size, LabelTable labels) {

        ForeignFrame frame(HouseConfig.Scan scan) {
            int dot = Math.max(0, scan.color().lastIndexOf('.'));
            String name = scan.color().substring(0, dot);
            double[] k = scan.matrix();
            // Of the upper left pixel's centre, not the lower left one's.
            Intrinsics camera = new Intrinsics(k[0], k[4], k[2], size.height() - 1 - k[5]);
            try {
                double[] pose = NumberText.parse(String.join(" ", scan.pose()), 16);
                return new ForeignFrame.Posed(
                        name,
                        camera,
                        size,
                        CameraAxes.flip(pose),
                        () -> images(scan, name, scan.color().substring(dot + 1)));
            } catch (NumberFormatException e) {
                return new ForeignFrame.Broken(name, files.describe(path) + ": the pose has " + e.getMessage());
            }
        }

        private TransformsWriter.Images images(HouseConfig.Scan scan, String name, String extension)
                throws IOException {
            String depth = config.depthFolder() + "/" + scan.depth();
            String label = "labels/" + name + ".png";
            return new TransformsWriter.Images(
                    files.read(config.colorFolder() + "/" + scan.color()),
                    extension,
                    SourceImages.depth(files.describe(depth), files.read(depth)),
                    files.exists(label)
                            ? labels.classIds(
                                    files.describe(label), SourceImages.ids(files.describe(label), files.read(label)))
                            : null,
                    null);
        }
    }
}
