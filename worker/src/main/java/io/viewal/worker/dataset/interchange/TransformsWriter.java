package io.viewal.worker.dataset.interchange;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.viewal.worker.dataset.Frame;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Intrinsics;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Writes a scene in the interchange form: {@code images/}, {@code depth/}, {@code labels/} and {@code superpixels/},
 * and at the end the {@code transforms.json} that makes them a scene. Numbers survive exactly.
 */
public final class TransformsWriter {

    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Path folder;
    private final ObjectNode root;
    private final ArrayNode frames;

    /**
     * Starts a scene.
     *
     * @param folder of the scene; made when missing, must not hold a scene
     * @param classes names in id order
     * @param depthScale metres a depth unit
     */
    public TransformsWriter(Path folder, List<String> classes, double depthScale) throws IOException {
        if (Files.exists(folder.resolve(TransformsParser.FILE))) {
            throw new FileAlreadyExistsException(
                    folder.resolve(TransformsParser.FILE).toString());
        }
        this.folder = folder;
        this.root = MAPPER.createObjectNode();
        root.put("camera_model", "PINHOLE");
        root.put("depth_unit_scale_factor", depthScale);
        classes.forEach(root.putArray("classes")::add);
        this.frames = root.putArray("frames");
    }

    /**
     * Adds a frame.
     *
     * @param frame name and camera; the intrinsics are for {@code size}
     * @param size of the colour image
     * @param images the frame's images
     */
    public void add(Frame frame, ImageSize size, Images images) throws IOException {
        ObjectNode entry = frames.addObject();
        Intrinsics k = frame.intrinsics();
        entry.put("file_path", write("images", frame.name() + "." + images.colorExtension(), images.color()));
        entry.put("depth_file_path", png("depth", frame.name(), images.depth()));
        if (images.labels() != null) {
            entry.put("label_path", png("labels", frame.name(), images.labels()));
        }
        if (images.superpixels() != null) {
            entry.put("superpixel_path", png("superpixels", frame.name(), images.superpixels()));
        }
        entry.put("fl_x", k.fx()).put("fl_y", k.fy()).put("cx", k.cx()).put("cy", k.cy());
        entry.put("w", size.width()).put("h", size.height());
        double[] matrix = CameraAxes.toOpenGl(frame.pose());
        ArrayNode rows = entry.putArray("transform_matrix");
        for (int row = 0; row < 4; row++) {
            ArrayNode numbers = rows.addArray();
            for (int column = 0; column < 4; column++) {
                numbers.add(matrix[row * 4 + column]);
            }
        }
    }

    /** Writes {@code transforms.json}. */
    public void finish() throws IOException {
        Files.createDirectories(folder);
        Path partial = folder.resolve("." + TransformsParser.FILE + ".partial");
        Files.write(partial, MAPPER.writeValueAsBytes(root));
        Files.move(partial, folder.resolve(TransformsParser.FILE), StandardCopyOption.ATOMIC_MOVE);
    }

    private String png(String kind, String frame, IntegerImage image) throws IOException {
        return write(kind, frame + ".png", ImageFiles.png(image));
    }

    private String write(String kind, String file, byte[] content) throws IOException {
        Files.createDirectories(folder.resolve(kind));
        Files.write(folder.resolve(kind).resolve(file), content);
        return kind + "/" + file;
    }

    /**
     * A frame's images.
     *
     * @param color an encoded image, kept as it is
     * @param colorExtension {@code png} or {@code jpg}
     * @param depth 16 bits, of the colour image's shape
     * @param labels class ids, 255 = void; null: none
     * @param superpixels region ids; null: none
     */
    public record Images(
            byte[] color, String colorExtension, IntegerImage depth, IntegerImage labels, IntegerImage superpixels) {}
}
