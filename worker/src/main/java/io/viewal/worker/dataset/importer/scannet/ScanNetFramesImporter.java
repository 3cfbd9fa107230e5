package io.viewal.worker.dataset.importer.scannet;

import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.VoidLabel;
import io.viewal.worker.dataset.importer.source.ForeignFrame;
import io.viewal.worker.dataset.importer.source.ForeignFrames;
import io.viewal.worker.dataset.importer.source.ForeignScene;
import io.viewal.worker.dataset.importer.source.LabelTable;
import io.viewal.worker.dataset.importer.source.NumberText;
import io.viewal.worker.dataset.importer.source.Nyu40;
import io.viewal.worker.dataset.importer.source.SceneImporter;
import io.viewal.worker.dataset.importer.source.SceneTraits;
import io.viewal.worker.dataset.importer.source.SourceFault;
import io.viewal.worker.dataset.importer.source.SourceFiles;
import io.viewal.worker.dataset.importer.source.SourceImages;
import io.viewal.worker.dataset.importer.source.SourceOptions;
import io.viewal.worker.dataset.importer.source.SourceTree;
import io.viewal.worker.dataset.interchange.IntegerImage;
import io.viewal.worker.dataset.interchange.TransformsWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Exported ScanNet frames as multi-view work publishes them, all scenes in one set of folders:
 *
 * <pre>
 * color/&lt;scene&gt;_&lt;number&gt;.jpg        kept as it is
 * depth/&lt;scene&gt;_&lt;number&gt;.pgm        16 bits, millimetres, 0 = unknown (or .png)
 * pose/&lt;scene&gt;_&lt;number&gt;.txt         camera → world, 4 × 4, axes x right, y down, z forward
 * info/&lt;scene&gt;.txt                   the depth camera, as in the .sens export
 * label/&lt;scene&gt;_&lt;number&gt;.png        NYU40 ids, 0 = none; optional
 * superpixel/&lt;scene&gt;_&lt;number&gt;.png   region ids; optional
 * </pre>
 *
 * Depth, poses and labels keep their exact values. Frames that the tracker lost (a pose with {@code -inf}) are left out
 * and reported.
 */
public final class ScanNetFramesImporter implements SceneImporter {

    /** Above all of them. */
    private static final int RAW_IDS = 5000;

    private static final Pattern COLOR = Pattern.compile("((.+)_\\d+)\\.(jpg|jpeg|png)");
    private static final SceneTraits TRAITS = new SceneTraits(Nyu40.CLASSES, 0.001, false);

    /** Ids of NYU40, and why others are none of it. */
    static final LabelTable NYU40 = nyu40();

    private static LabelTable nyu40() {
        LabelTable table = Nyu40.table();
        for (int id = Nyu40.CLASSES.size() + 1; id < RAW_IDS; id++) {
            if (id != VoidLabel.ID) {
                table.putUnknown(
                        id,
                        "is none of NYU40's 40: the maps have ScanNet's raw ids; give the table " + RawLabels.FILE
                                + " by --label-table (source.labelTable)");
            }
        }
        return table;
    }

    @Override
    public List<ForeignScene> scenes(Path source, SourceOptions options) throws IOException {
        Optional<RawLabels> table = options.labelTable().isPresent()
                ? Optional.of(RawLabels.read(options.labelTable().get()))
                : Optional.empty();
        List<ForeignScene> exported = ScanNetExport.scenes(source, table);
        return exported.isEmpty() ? together(source, options, table) : exported;
    }

    /** All scenes in one set of folders. */
    private static List<ForeignScene> together(Path source, SourceOptions options, Optional<RawLabels> table)
            throws IOException {
        Map<String, List<String>> colors = new TreeMap<>();
        try (SourceFiles files = SourceFiles.open(source)) {
            for (String file : files.names("color")) {
                Matcher matcher = COLOR.matcher(file);
                if (matcher.matches()) {
                    colors.computeIfAbsent(matcher.group(2), scene -> new ArrayList<>())
                            .add(file);
                }
            }
        }
        if (colors.isEmpty()) {
            throw SourceFault.invalid(
                    source.resolve("color"),
                    "it holds no image named <scene>_<number>.jpg; expected color, depth, pose and info in " + source
                            + ", or folders of scenes with color, depth, pose and intrinsic, as SensReader writes"
                            + " them; " + SourceTree.holdings(source));
        }
        return colors.entrySet().stream()
                .map(scene -> (ForeignScene) new Scan(source, scene.getKey(), scene.getValue(), options, table))
                .toList();
    }

    /** The frames of one scan. */
    private record Scan(Path source, String name, List<String> colors, SourceOptions options, Optional<RawLabels> table)
            implements ForeignScene {

        @Override
        public List<Path> files() {
            Stream<String> images = colors.stream().flatMap(color -> {
                String name = color.substring(0, color.lastIndexOf('.'));
                return Stream.of(
                        "color/" + color,
                        "depth/" + name + ".png",
                        "depth/" + name + ".pgm",
                        "pose/" + name + ".txt",
                        "label/" + name + ".png",
                        "superpixel/" + name + ".png");
            });
            return Stream.concat(Stream.of("info/" + name + ".txt"), images)
                    .map(source::resolve)
                    .filter(Files::exists)
                    .toList();
        }

        @Override
        public ForeignFrames open() throws IOException {
            SourceFiles files = SourceFiles.open(source);
            ForeignFrames frames = null;
            try {
                String info = "info/" + name + ".txt";
                ScanNetScan scan = ScanNetScan.read(files.describe(info), text(files, info));
                frames = new Frames(files, scan, colors.iterator(), options.keepSuperpixels(), table);
                return frames;
            } finally {
                if (frames == null) {
                    files.close();
                }
            }
        }
    }

    private record Frames(
            SourceFiles files,
            ScanNetScan scan,
            Iterator<String> colors,
            boolean superpixels,
            Optional<RawLabels> table)
            implements ForeignFrames {

        @Override
        public SceneTraits traits() {
            return TRAITS;
        }

        @Override
        public ForeignFrame next() throws IOException {
            if (!colors.hasNext()) {
                return null;
            }
            String color = colors.next();
            int dot = color.lastIndexOf('.');
            String name = color.substring(0, dot);
            String poseFile = "pose/" + name + ".txt";
            double[] pose;
            try {
                pose = NumberText.parse(text(files, poseFile), 16);
            } catch (InvalidInputException e) {
                return new ForeignFrame.Broken(name, e.getMessage());
            } catch (IllegalArgumentException e) {
                return new ForeignFrame.Broken(
                        name, files.describe(poseFile) + ": expected a 4 x 4 matrix: " + e.getMessage());
            }
            if (Arrays.stream(pose).anyMatch(Double::isInfinite)) {
                return new ForeignFrame.Lost(name, "the pose is not finite (the tracker lost this frame)");
            }
            return new ForeignFrame.Posed(
                    name, scan.intrinsics(), scan.depthSize(), pose, () -> images(name, color.substring(dot + 1)));
        }

        @Override
        public Set<Path> filesRead() {
            return files.filesRead();
        }

        private TransformsWriter.Images images(String name, String extension) throws IOException {
            IntegerImage labels = optional("label/" + name + ".png");
            return new TransformsWriter.Images(
                    files.read("color/" + name + "." + extension),
                    extension,
                    depth(name),
                    labels == null ? null : classIds(files.describe("label/" + name + ".png"), labels),
                    superpixels ? optional("superpixel/" + name + ".png") : null);
        }

        private IntegerImage classIds(String place, IntegerImage labels) {
            return table.isPresent() ? table.get().classIds(place, labels) : NYU40.classIds(place, labels);
        }

        private IntegerImage depth(String name) throws IOException {
            String png = "depth/" + name + ".png";
            String path = files.exists(png) ? png : "depth/" + name + ".pgm";
            String place = files.describe(path);
            byte[] content = files.read(path);
            IntegerImage depth =
                    path.equals(png) ? SourceImages.depth(place, content) : PortableGrayMap.read(place, content);
            if (!depth.size().equals(scan.depthSize())) {
                throw SourceFault.invalid(
                        place, "it is " + depth.size() + " pixels, the scan's info says " + scan.depthSize());
            }
            return depth;
        }

        private IntegerImage optional(String png) throws IOException {
            return files.exists(png) ? SourceImages.ids(files.describe(png), files.read(png)) : null;
        }

        @Override
        public void close() throws IOException {
            files.close();
        }
    }

    private static String text(SourceFiles files, String path) throws IOException {
        return new String(files.read(path), StandardCharsets.UTF_8);
    }
}
