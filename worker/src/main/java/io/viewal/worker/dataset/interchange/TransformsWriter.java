package io.viewal.worker.dataset.interchange;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.viewal.worker.dataset.Frame;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Intrinsics;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes a scene in the interchange form: {@code images/}, {@code depth/}, {@code labels/}, {@code superpixels/} and the
 * {@code transforms.json} that makes them a scene. Numbers survive exactly. Everything is written beside the scene's
 * folder, frame by frame, and appears whole when {@link #finish()} renames it; {@link #close()} without that leaves
 * nothing.
 */
public final class TransformsWriter implements Closeable {

    private final Path folder;
    private final Path partial;
    private final JsonGenerator json;
    private final DepthForm depth;

    /** As below, with depth along the camera's axis. */
    public TransformsWriter(Path folder, List<String> classes, double depthScale) throws IOException {
        this(folder, classes, new DepthForm(depthScale, false));
    }

    /**
     * Starts a scene.
     *
     * @param folder of the scene; must not hold anything
     * @param classes names in id order
     * @param depth unit and kind of the depth of frames that have none of their own
     */
    public TransformsWriter(Path folder, List<String> classes, DepthForm depth) throws IOException {
        requireFree(folder);
        this.depth = depth;
        this.folder = folder;
        this.partial = folder.resolveSibling("." + folder.getFileName() + ".partial");
        delete(partial);
        Files.createDirectories(partial);
        this.json = new JsonFactory()
                .createGenerator(partial.resolve(TransformsParser.FILE).toFile(), JsonEncoding.UTF8)
                .useDefaultPrettyPrinter();
        json.writeStartObject();
        json.writeStringField("camera_model", "PINHOLE");
        form(depth);
        json.writeArrayFieldStart("classes");
        for (String name : classes) {
            json.writeString(name);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("frames");
    }

    /**
     * Adds a frame.
     *
     * @param frame name and camera; the intrinsics are for {@code size}
     * @param size of the image that the intrinsics are for
     * @param images the frame's images
     */
    public void add(Frame frame, ImageSize size, Images images) throws IOException {
        add(frame, size, depth, EncodedImages.of(images));
    }

    /**
     * Adds a frame whose images are encoded already.
     *
     * @param own unit and kind of its depth
     */
    public void add(Frame frame, ImageSize size, DepthForm own, EncodedImages images) throws IOException {
        json.writeStartObject();
        if (!own.equals(depth)) {
            form(own);
        }
        for (EncodedImages.Part part : images.parts()) {
            String path = part.folder() + "/" + frame.name() + "." + part.extension();
            Files.createDirectories(partial.resolve(part.folder()));
            Files.write(partial.resolve(path), part.content());
            json.writeStringField(part.key(), path);
        }
        json.writeObjectFieldStart(TransformsParser.DIGESTS);
        for (EncodedImages.Part part : images.parts()) {
            json.writeStringField(part.key(), part.sha256());
        }
        json.writeEndObject();
        camera(frame.intrinsics(), size);
        matrix(CameraAxes.toOpenGl(frame.pose()));
        json.writeEndObject();
    }

    /** Lays a file into the scene's folder that is no part of the scene. */
    public void note(String file, byte[] content) throws IOException {
        Files.write(partial.resolve(file), content);
    }

    /** Makes the scene's folder appear. */
    public void finish() throws IOException {
        json.writeEndArray();
        json.writeEndObject();
        json.close();
        requireFree(folder);
        Files.move(partial, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws IOException {
        json.close();
        delete(partial);
    }

    private void form(DepthForm form) throws IOException {
        json.writeNumberField("depth_unit_scale_factor", form.metresAUnit());
        json.writeStringField("depth_kind", form.ray() ? "ray" : "z");
    }

    private void camera(Intrinsics k, ImageSize size) throws IOException {
        json.writeNumberField("fl_x", k.fx());
        json.writeNumberField("fl_y", k.fy());
        json.writeNumberField("cx", k.cx());
        json.writeNumberField("cy", k.cy());
        json.writeNumberField("w", size.width());
        json.writeNumberField("h", size.height());
    }

    private void matrix(double[] numbers) throws IOException {
        json.writeArrayFieldStart("transform_matrix");
        for (int row = 0; row < 4; row++) {
            json.writeArray(numbers, row * 4, 4);
        }
        json.writeEndArray();
    }

    /** An empty folder is free: the rename replaces it. */
    private static void requireFree(Path folder) throws IOException {
        Path scene = folder.resolve(TransformsParser.FILE);
        if (Files.exists(scene)) {
            throw new FileAlreadyExistsException(scene.toString());
        }
        if (Files.isDirectory(folder)) {
            try (Stream<Path> content = Files.list(folder)) {
                if (content.findAny().isPresent()) {
                    throw new FileAlreadyExistsException(folder.toString());
                }
            }
        } else if (Files.exists(folder)) {
            throw new FileAlreadyExistsException(folder.toString());
        }
    }

    /** What is left of an earlier try: a folder of folders of files. */
    private static void delete(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            try (Stream<Path> content = Files.list(file)) {
                for (Path inner : (Iterable<Path>) content::iterator) {
                    delete(inner);
                }
            }
        }
        Files.deleteIfExists(file);
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
