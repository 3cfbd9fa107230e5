package io.viewal.worker.dataset.importer;

import io.viewal.contract.StageFailure;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.CameraPose;
import io.viewal.worker.dataset.Frame;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.interchange.ImageFiles;
import io.viewal.worker.dataset.interchange.IntegerImage;
import io.viewal.worker.dataset.interchange.TransformsWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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

    private static final Pattern COLOR = Pattern.compile("((.+)_\\d+)\\.(jpg|jpeg|png)");
    private static final double METRES_A_UNIT = 0.001;

    private final boolean keepSuperpixels;

    /** @param keepSuperpixels whether region maps that the source brings are kept */
    public ScanNetFramesImporter(boolean keepSuperpixels) {
        this.keepSuperpixels = keepSuperpixels;
    }

    @Override
    public ImportReport run(Path source, Path out, Consumer<String> progress) throws IOException {
        Map<String, List<Path>> scenes = colorFiles(source);
        List<String> skipped = new ArrayList<>();
        int frames = 0;
        for (Map.Entry<String, List<Path>> scene : scenes.entrySet()) {
            int written = importScene(source, scene.getKey(), scene.getValue(), out, skipped);
            frames += written;
            progress.accept(scene.getKey() + ": " + written + " frames");
        }
        return new ImportReport(scenes.size(), frames, skipped);
    }

    private static Map<String, List<Path>> colorFiles(Path source) throws IOException {
        Path folder = source.resolve("color");
        if (!Files.isDirectory(folder)) {
            throw invalid(folder, "there is no such folder; expected color, depth, pose and info in " + source, null);
        }
        try (Stream<Path> files = Files.list(folder)) {
            Map<String, List<Path>> scenes = files.sorted()
                    .filter(file -> match(file).matches())
                    .collect(Collectors.groupingBy(
                            file -> group(file, 2), TreeMap::new, Collectors.toCollection(ArrayList::new)));
            if (scenes.isEmpty()) {
                throw invalid(folder, "it holds no image named <scene>_<number>.jpg", null);
            }
            return scenes;
        }
    }

    private int importScene(Path source, String scene, List<Path> colors, Path out, List<String> skipped)
            throws IOException {
        Path info = source.resolve("info").resolve(scene + ".txt");
        ScanNetScan scan = read(info, ScanNetScan::read);
        TransformsWriter writer = new TransformsWriter(out.resolve(scene), Nyu40.CLASSES, METRES_A_UNIT);
        int frames = 0;
        for (Path color : colors) {
            String name = group(color, 1);
            double[] pose = read(source.resolve("pose").resolve(name + ".txt"), ScanNetFramesImporter::pose);
            if (Arrays.stream(pose).allMatch(Double::isFinite)) {
                addFrame(writer, source, scan, color, new CameraPose(pose));
                frames++;
            } else {
                skipped.add(name + ": the pose is not finite (the tracker lost this frame)");
            }
        }
        if (frames == 0) {
            throw invalid(info, "scene " + scene + " has no frame with a finite pose", null);
        }
        writer.finish();
        return frames;
    }

    private void addFrame(TransformsWriter writer, Path source, ScanNetScan scan, Path color, CameraPose pose)
            throws IOException {
        String name = group(color, 1);
        byte[] colorContent = Files.readAllBytes(color);
        ImageSize size = read(
                color,
                file -> ImageFiles.readColor(new ByteArrayInputStream(colorContent))
                        .size());
        Frame frame = new Frame(
                name,
                scan.intrinsics()
                        .scaled(
                                (double) size.width() / scan.depthSize().width(),
                                (double) size.height() / scan.depthSize().height()),
                pose);
        IntegerImage labels = optional(source.resolve("label").resolve(name + ".png"));
        TransformsWriter.Images images = new TransformsWriter.Images(
                colorContent,
                group(color, 3),
                depth(source.resolve("depth"), name, scan),
                labels == null ? null : Nyu40.classIds(labels),
                keepSuperpixels ? optional(source.resolve("superpixel").resolve(name + ".png")) : null);
        writer.add(frame, size, images);
    }

    private static IntegerImage depth(Path folder, String name, ScanNetScan scan) throws IOException {
        Path png = folder.resolve(name + ".png");
        Path file = Files.exists(png) ? png : folder.resolve(name + ".pgm");
        IntegerImage depth = file == png ? optional(png) : read(file, f -> PortableGrayMap.read(Files.readAllBytes(f)));
        if (depth.bits() != 16) {
            throw invalid(file, "depth has " + depth.bits() + " bits a pixel, expected 16 (millimetres)", null);
        }
        if (!depth.size().equals(scan.depthSize())) {
            throw invalid(file, "it is " + depth.size() + " pixels, the scan's info says " + scan.depthSize(), null);
        }
        return depth;
    }

    private static IntegerImage optional(Path png) throws IOException {
        return Files.exists(png)
                ? read(png, f -> ImageFiles.readInteger(new ByteArrayInputStream(Files.readAllBytes(f))))
                : null;
    }

    private static double[] pose(Path file) throws IOException {
        try {
            return NumberText.parse(Files.readString(file), 16);
        } catch (IllegalArgumentException e) {
            throw new IOException("expected a 4 x 4 matrix: " + e.getMessage(), e);
        }
    }

    private static <T> T read(Path file, Reader<T> reader) {
        try {
            return reader.read(file);
        } catch (NoSuchFileException e) {
            throw invalid(file, "there is no such file", e);
        } catch (IOException e) {
            throw invalid(file, "it can't be read: " + e.getMessage(), e);
        }
    }

    private static Matcher match(Path file) {
        return COLOR.matcher(file.getFileName().toString());
    }

    private static String group(Path file, int group) {
        Matcher matcher = match(file);
        if (!matcher.matches()) {
            throw new IllegalStateException(file + " was listed by its name");
        }
        return matcher.group(group);
    }

    private static InvalidInputException invalid(Path file, String problem, Exception cause) {
        return new InvalidInputException(StageFailure.Reason.InvalidDataset, file + ": " + problem, cause);
    }

    private interface Reader<T> {
        T read(Path file) throws IOException;
    }
}
