package io.viewal.worker.dataset.importer.scenenet;

import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Intrinsics;
import io.viewal.worker.dataset.importer.source.ForeignFrame;
import io.viewal.worker.dataset.importer.source.ForeignFrames;
import io.viewal.worker.dataset.importer.source.ForeignScene;
import io.viewal.worker.dataset.importer.source.LabelTable;
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
import io.viewal.worker.dataset.interchange.IntegerImage;
import io.viewal.worker.dataset.interchange.TransformsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * SceneNet-RGBD as it is published: {@code *.pb} files of trajectories, and {@code <render path>/photo}, {@code depth}
 * and {@code instance} in the folder itself or in its {@code train} or {@code val}. Depth is the distance along the ray in
 * millimetres. A view's pose is halfway between those when the shutter opens and closes. The camera has fields of view of
 * 60° and 45° at 320 × 240 pixels, with the axis between the middle pixels.
 */
public final class SceneNetImporter implements SceneImporter {

    private static final SceneTraits TRAITS = new SceneTraits(ObjectClasses.CLASSES, 0.001, true);
    private static final ImageSize SIZE = new ImageSize(320, 240);
    private static final Intrinsics CAMERA = new Intrinsics(
            SIZE.width() / (2 * Math.tan(Math.toRadians(30))),
            SIZE.height() / (2 * Math.tan(Math.toRadians(22.5))),
            (SIZE.width() - 1) / 2.0,
            (SIZE.height() - 1) / 2.0);
    private static final double[] UP = {0, 1, 0};
    private static final List<String> PARTS = List.of("", "train", "val");

    @Override
    public List<ForeignScene> scenes(Path source, SourceOptions options) throws IOException {
        Optional<Path> table = options.labelTable()
                .or(() -> Optional.of(source.resolve(ObjectClasses.FILE)).filter(Files::exists));
        Optional<ObjectClasses> classes =
                table.isPresent() ? Optional.of(ObjectClasses.read(table.get())) : Optional.empty();
        List<ForeignScene> scenes = new ArrayList<>();
        for (Path trajectories : trajectoryFiles(source)) {
            TrajectoryFile.read(
                    trajectories,
                    (trajectory, place) -> scenes.add(
                            new Scene(source, trajectories, place, trajectory.renderPath(), table, classes)));
        }
        return scenes;
    }

    private static List<Path> trajectoryFiles(Path source) throws IOException {
        if (!Files.isDirectory(source)) {
            throw SourceFault.invalid(source, "it is no folder; expected one with *.pb and the folders of the images");
        }
        List<Path> files = SourceTree.files(source, 2).stream()
                .filter(file -> file.getFileName().toString().endsWith(".pb"))
                .toList();
        if (files.isEmpty()) {
            throw SourceFault.invalid(
                    source,
                    "it holds no file of trajectories; expected *.pb, beside the folders of the images; "
                            + SourceTree.holdings(source));
        }
        return files;
    }

    /** One trajectory, which is read again when it is opened: for thousands of them are listed. */
    private record Scene(
            Path source,
            Path file,
            TrajectoryFile.Place place,
            String renderPath,
            Optional<Path> table,
            Optional<ObjectClasses> classes)
            implements ForeignScene {

        @Override
        public String name() {
            String part = part();
            return (part.isEmpty() ? "" : part + "_") + renderPath.replace('/', '_');
        }

        /** The folder of the data set that has the images; the first when none has. */
        private String part() {
            return PARTS.stream()
                    .filter(part -> Files.isDirectory(source.resolve(part).resolve(renderPath)))
                    .findFirst()
                    .orElse("");
        }

        @Override
        public List<Path> files() {
            return Stream.concat(Stream.of(file, source.resolve(part()).resolve(renderPath)), table.stream())
                    .toList();
        }

        @Override
        public ForeignFrames open() throws IOException {
            Trajectory trajectory = TrajectoryFile.read(file, place);
            Path folder = source.resolve(part()).resolve(renderPath);
            return OpenScene.at(new ScenePlace(name(), folder, ""), files -> open(files, trajectory))
                    .open();
        }

        private OpenScene open(SourceFiles files, Trajectory trajectory) throws IOException {
            if (classes.isEmpty() && !files.names("instance").isEmpty()) {
                throw SourceFault.invalid(
                        files.describe("instance"),
                        "these images name instances; give the table " + ObjectClasses.FILE
                                + " of the data set's code by --label-table (source.labelTable), or lay it beside the"
                                + " .pb files");
            }
            LabelTable table = classes.map(known -> known.of(trajectory)).orElse(null);
            return new OpenScene(
                    files, TRAITS, OpenScene.frames(trajectory.views(), view -> frame(files, table, view)));
        }
    }

    private static ForeignFrame frame(SourceFiles files, LabelTable table, Trajectory.View view) {
        Trajectory.Pose pose = view.open().middle(view.close());
        return new ForeignFrame.Posed(
                "%05d".formatted(view.number()),
                CAMERA,
                SIZE,
                Rotations.lookingAt(pose.camera(), pose.lookAt(), UP),
                () -> images(files, table, view.number()));
    }

    private static TransformsWriter.Images images(SourceFiles files, LabelTable table, int number) throws IOException {
        String depth = "depth/" + number + ".png";
        String instance = "instance/" + number + ".png";
        String place = files.describe(instance);
        IntegerImage labels =
                table == null ? null : table.classIds(place, SourceImages.ids(place, files.read(instance)));
        return new TransformsWriter.Images(
                files.read("photo/" + number + ".jpg"),
                "jpg",
                SourceImages.depth(files.describe(depth), files.read(depth)),
                labels,
                null);
    }
}
