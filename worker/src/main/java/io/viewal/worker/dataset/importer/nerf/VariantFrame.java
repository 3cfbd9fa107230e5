package io.viewal.worker.dataset.importer.nerf;

import com.fasterxml.jackson.databind.JsonNode;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Intrinsics;
import io.viewal.worker.dataset.importer.source.ForeignFrame;
import io.viewal.worker.dataset.importer.source.SourceFiles;
import io.viewal.worker.dataset.importer.source.SourceImages;
import io.viewal.worker.dataset.interchange.CameraAxes;
import io.viewal.worker.dataset.interchange.IntegerImage;
import io.viewal.worker.dataset.interchange.TransformsWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * A frame of a {@code transforms.json} of another tool. What may differ from the interchange form: images lie in a folder
 * that is not named, or lack their extension; depth is not named but has the colour's name in a usual folder; {@code
 * camera_angle_x} in place of {@code fl_x}; no principal point (the image's middle) and no size (the image's); 3 rows of a
 * matrix; frames marked {@code is_bad}; one file name in several folders.
 */
record VariantFrame(VariantScene scene, JsonNode entry) {

    private static final List<String> EXTENSIONS = List.of("", ".png", ".jpg", ".jpeg", ".JPG");

    ForeignFrame foreign() {
        String written = entry.path("file_path").asText("");
        String stem = stem(written.startsWith("./") ? written.substring(2) : written);
        String name = stem.substring(stem.startsWith("images/") ? "images/".length() : 0)
                .replace('/', '_');
        if (entry.path("is_bad").asBoolean()) {
            return new ForeignFrame.Lost(name, "it is marked is_bad");
        }
        try {
            String color = scene.color(EXTENSIONS.stream().map(written::concat).toList());
            if (written.isEmpty() || color == null) {
                throw new IllegalArgumentException("there is no image '" + written + "' beside it or in images or rgb");
            }
            String depth = depth(color);
            scene.requirePinhole(entry);
            ImageSize size = size(color);
            return new ForeignFrame.Posed(
                    name, intrinsics(size), size, CameraAxes.flip(pose()), () -> images(color, depth));
        } catch (InvalidInputException e) {
            return new ForeignFrame.Broken(name, e.getMessage());
        } catch (IllegalArgumentException e) {
            return new ForeignFrame.Broken(name, scene.files().describe(scene.file()) + ": " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String depth(String color) {
        if (entry.hasNonNull("depth_file_path")) {
            return scene.resolve(entry.get("depth_file_path").asText());
        }
        String file = color.substring(color.lastIndexOf('/') + 1);
        String depth = scene.depth(stem(file) + ".png");
        if (depth == null) {
            throw new IllegalArgumentException("it names no 'depth_file_path', and no folder depth or depths has "
                    + stem(file) + ".png; every frame needs a depth image (16-bit PNG)");
        }
        return depth;
    }

    private ImageSize size(String color) throws IOException {
        JsonNode width = scene.field(entry, "w");
        JsonNode height = scene.field(entry, "h");
        if (width.isNumber() && height.isNumber()) {
            return new ImageSize(width.asInt(), height.asInt());
        }
        SourceFiles files = scene.files();
        return SourceImages.colorSize(files.describe(color), files.read(color));
    }

    private Intrinsics intrinsics(ImageSize size) {
        JsonNode angle = scene.field(entry, "camera_angle_x");
        JsonNode focal = scene.field(entry, "fl_x");
        if (!focal.isNumber() && !angle.isNumber()) {
            throw new IllegalArgumentException("it needs a number 'fl_x' or 'camera_angle_x'");
        }
        double fx = focal.isNumber() ? focal.asDouble() : size.width() / (2 * Math.tan(angle.asDouble() / 2));
        return new Intrinsics(
                fx,
                scene.field(entry, "fl_y").asDouble(fx),
                scene.field(entry, "cx").asDouble((size.width() - 1) / 2.0),
                scene.field(entry, "cy").asDouble((size.height() - 1) / 2.0));
    }

    private double[] pose() {
        JsonNode rows = entry.path("transform_matrix");
        double[] pose = new double[16];
        pose[15] = 1;
        for (int i = 0; i < Math.max(12, Math.min(16, 4 * rows.size())); i++) {
            JsonNode number = rows.path(i / 4).path(i % 4);
            if (!number.isNumber()) {
                throw new IllegalArgumentException(
                        "'transform_matrix' must have 3 or 4 rows of 4 numbers, found " + rows);
            }
            pose[i] = number.asDouble();
        }
        return pose;
    }

    private TransformsWriter.Images images(String color, String depth) throws IOException {
        SourceFiles files = scene.files();
        IntegerImage labels = null;
        if (entry.hasNonNull("label_path")) {
            String path = scene.resolve(entry.get("label_path").asText());
            labels = SourceImages.numbers(files.describe(path), files.read(path));
        }
        return new TransformsWriter.Images(
                files.read(color),
                color.substring(color.lastIndexOf('.') + 1).toLowerCase(java.util.Locale.ROOT),
                SourceImages.depth(files.describe(depth), files.read(depth)),
                labels,
                null);
    }

    private static String stem(String path) {
        int dot = path.lastIndexOf('.');
        return dot > path.lastIndexOf('/') + 1 ? path.substring(0, dot) : path;
    }
}
