package io.viewal.worker.dataset.importer.tum;

import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Intrinsics;
import io.viewal.worker.dataset.importer.source.ForeignScene;
import io.viewal.worker.dataset.importer.source.OpenScene;
import io.viewal.worker.dataset.importer.source.SceneImporter;
import io.viewal.worker.dataset.importer.source.ScenePlace;
import io.viewal.worker.dataset.importer.source.SceneTraits;
import io.viewal.worker.dataset.importer.source.SourceFault;
import io.viewal.worker.dataset.importer.source.SourceFiles;
import io.viewal.worker.dataset.importer.source.SourceImages;
import io.viewal.worker.dataset.importer.source.SourceOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sequences in the form of the TUM RGB-D benchmark: {@code rgb.txt}, {@code depth.txt} and {@code groundtruth.txt} with the
 * images that they name; or ICL-NUIM's, {@code associations.txt} and {@code <name>.gt.freiburg}. Colour goes with the depth
 * image and the pose that are nearest in time; frames without one within 20 ms, the benchmark's own bound, are left out.
 * Depth has 5000 units a metre. There are no labels; maps of class ids may be laid beside as {@code
 * labels/<colour image>.png}.
 */
public final class TumImporter implements SceneImporter {

    private static final List<String> LISTS = List.of("rgb.txt", "associations.txt");
    private static final double DEFAULT_UNIT = 1.0 / 5000;
    private static final int POSE = 7;

    /** The camera that the benchmark recommends for registered images, and the size that it is for. */
    private static final Intrinsics DEFAULT_CAMERA = new Intrinsics(525, 525, 319.5, 239.5);

    private static final ImageSize DEFAULT_SIZE = new ImageSize(640, 480);

    @Override
    public List<ForeignScene> scenes(Path source, SourceOptions options) throws IOException {
        Map<String, ForeignScene> scenes = new LinkedHashMap<>();
        InvalidInputException fault = null;
        for (String list : LISTS) {
            try {
                for (ScenePlace place : ScenePlace.find(source, list)) {
                    scenes.putIfAbsent(place.name(), OpenScene.at(place, files -> open(files, list, options)));
                }
            } catch (InvalidInputException e) {
                fault = fault == null ? e : fault;
            }
        }
        if (scenes.isEmpty()) {
            throw fault;
        }
        return List.copyOf(scenes.values());
    }

    private static OpenScene open(SourceFiles files, String list, SourceOptions options) throws IOException {
        boolean benchmark = list.equals(LISTS.getFirst());
        TimedLines colors = benchmark ? TimedLines.read(files, list, 1) : TimedLines.associated(files, list, false);
        TimedLines depths =
                benchmark ? TimedLines.read(files, "depth.txt", 1) : TimedLines.associated(files, list, true);
        TimedLines poses = TimedLines.read(files, benchmark ? "groundtruth.txt" : trajectory(files), POSE);
        if (colors.all().isEmpty()) {
            throw SourceFault.invalid(files.describe(list), "it lists no image");
        }
        String first = colors.all().getFirst().words().getFirst();
        ImageSize size = SourceImages.colorSize(files.describe(first), files.read(first));
        Sequence sequence = new Sequence(
                files, size, camera(options, files.describe(first), size, benchmark), options.yUp(), depths, poses);
        double unit = options.metresADepthUnit().orElse(DEFAULT_UNIT);
        return new OpenScene(
                files, new SceneTraits(List.of(), unit, false), OpenScene.frames(colors.all(), sequence::frame));
    }

    private static Intrinsics camera(SourceOptions options, String first, ImageSize size, boolean benchmark) {
        if (options.camera().isEmpty() && !benchmark) {
            throw SourceFault.invalid(
                    first,
                    "the camera is not known: give --camera FX,FY,CX,CY (source.camera), of ICL-NUIM"
                            + " 481.2,-480,319.5,239.5, whose y axis points up");
        }
        if (options.camera().isEmpty() && !size.equals(DEFAULT_SIZE)) {
            throw SourceFault.invalid(
                    first,
                    "it has " + size + " pixels, and the benchmark's camera is for " + DEFAULT_SIZE
                            + ": give --camera FX,FY,CX,CY (source.camera)");
        }
        return options.camera().orElse(DEFAULT_CAMERA);
    }

    private static String trajectory(SourceFiles files) throws IOException {
        Optional<String> file = files.names("").stream()
                .filter(name -> name.endsWith(".freiburg") || name.equals("groundtruth.txt"))
                .findFirst();
        return file.orElseThrow(() -> SourceFault.invalid(
                files.describe(""),
                "it has associations.txt but no poses: expected groundtruth.txt or a file .gt.freiburg"));
    }
}
