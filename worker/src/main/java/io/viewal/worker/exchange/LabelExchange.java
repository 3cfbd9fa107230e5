package io.viewal.worker.exchange;

import io.viewal.contract.ContractJson;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.artifact.GreyPng;
import io.viewal.worker.artifact.LabelSet.FrameKey;
import io.viewal.worker.dataset.ImageSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes and reads label maps in the form of other programs.
 *
 * @param classes of the data set, in id order
 * @param size of its frames
 */
public record LabelExchange(List<String> classes, ImageSize size) {

    private static final String MASKS = "SegmentationClass";
    private static final String LIST = "ImageSets/Segmentation/default.txt";
    private static final String COCO = "instances_default.json";

    /** The forms. */
    public enum Format {
        /** {@code <scene>/<frame>.png}: 8-bit grey, class ids, 255 = none; {@code viewal train --labels} reads them. */
        PNG,
        /** CVAT's "Segmentation mask 1.1": colour PNG files, {@code labelmap.txt} and a list. */
        CVAT,
        /** COCO's {@code instances_default.json}, masks as run lengths. */
        COCO
    }

    /**
     * Writes label maps.
     *
     * @param maps uint8 [height, width] by frame, 255 for none
     */
    public void write(Format format, SortedMap<FrameKey, byte[]> maps, Path folder) throws IOException {
        switch (format) {
            case PNG -> writePng(maps, folder);
            case CVAT -> writeCvat(maps, folder);
            case COCO -> writeCoco(maps, folder);
        }
    }

    private void writePng(SortedMap<FrameKey, byte[]> maps, Path folder) throws IOException {
        for (FrameKey frame : maps.keySet()) {
            Files.write(file(folder, frame), GreyPng.encode(maps.get(frame), size));
        }
        Files.writeString(
                folder.resolve(ClassTable.FILE), ClassTable.of(classes).text());
    }

    private void writeCvat(SortedMap<FrameKey, byte[]> maps, Path folder) throws IOException {
        ColorMaps colors = new ColorMaps(ClassTable.of(classes), classes, size);
        for (FrameKey frame : maps.keySet()) {
            Files.write(file(folder.resolve(MASKS), frame), colors.encode(maps.get(frame)));
        }
        Files.writeString(folder.resolve(ClassTable.FILE), colors.table().text());
        Files.createDirectories(folder.resolve(LIST).getParent());
        String list = maps.keySet().stream()
                .map(frame -> frame.scene() + "/" + frame.frame() + "\n")
                .collect(Collectors.joining());
        Files.writeString(folder.resolve(LIST), list);
    }

    private void writeCoco(SortedMap<FrameKey, byte[]> maps, Path folder) throws IOException {
        CocoFile coco = new CocoFile(classes);
        maps.forEach((frame, ids) -> coco.add(frame, ids, size));
        Files.createDirectories(folder);
        Files.write(folder.resolve(COCO), ContractJson.toBytes(coco));
    }

    private static Path file(Path folder, FrameKey frame) throws IOException {
        Path scene = Files.createDirectories(folder.resolve(frame.scene()));
        return scene.resolve(frame.frame() + ".png");
    }

    /**
     * Reads colour label maps, {@code <scene>/<frame>.png}, in the folder itself or in CVAT's.
     *
     * @param table of the classes, by name and colour
     * @return uint8 [height, width] by frame, 255 for none
     * @throws InvalidInputException when there is none, or one is not as the table says
     */
    public SortedMap<FrameKey, byte[]> read(Path folder, ClassTable table) throws IOException {
        Path root = Files.isDirectory(folder.resolve(MASKS)) ? folder.resolve(MASKS) : folder;
        ColorMaps colors = new ColorMaps(table, classes, size);
        SortedMap<FrameKey, byte[]> maps = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".png")).toList()) {
                maps.put(frame(root, file), colors.decode(Files.readAllBytes(file), "The label map " + file));
            }
        }
        if (maps.isEmpty()) {
            throw new InvalidInputException(
                    Reason.InvalidLabels, root + " has no label map: expected <scene>/<frame>.png, or CVAT's " + MASKS);
        }
        return maps;
    }

    private static FrameKey frame(Path root, Path file) {
        Path name = root.relativize(file);
        if (name.getNameCount() != 2) {
            throw new InvalidInputException(
                    Reason.InvalidLabels, "The label map " + file + " lies in no scene: expected <scene>/<frame>.png");
        }
        String frame = name.getFileName().toString();
        return new FrameKey(name.getName(0).toString(), frame.substring(0, frame.length() - ".png".length()));
    }
}
