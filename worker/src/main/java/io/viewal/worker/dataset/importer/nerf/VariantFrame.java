package io.viewal.worker.dataset.importer.nerf;

import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.importer.source.ForeignFrame;
import io.viewal.worker.dataset.importer.source.SourceFiles;
import io.viewal.worker.dataset.importer.source.SourceImages;
import io.viewal.worker.dataset.interchange.CameraAxes;
import io.viewal.worker.dataset.interchange.DepthForm;
import io.viewal.worker.dataset.interchange.FrameFields;
import io.viewal.worker.dataset.interchange.TransformsWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A frame of a {@code transforms.json} of another tool. Its fields are read as in place; what may differ is where images lie:
 * in a folder that is not named, or without their extension; depth that is not named has the colour's name in a usual folder;
 * one file name in several folders; no size (the image's); frames marked {@code is_bad}.
 *
 * @param name that the frame is written under
 */
record VariantFrame(VariantScene scene, FrameFields fields, String name) {

    private static final List<String> EXTENSIONS = List.of("", ".png", ".jpg", ".jpeg", ".JPG");

    static VariantFrame of(VariantScene scene, FrameFields fields) {
        String written = fields.entry().path("file_path").asText("").replace('\\', '/');
        String stem = stem(written.startsWith("./") ? written.substring(2) : written);
        return new VariantFrame(
                scene,
                fields,
                stem.substring(stem.startsWith("images/") ? "images/".length() : 0)
                        .replace('/', '_'));
    }

    ForeignFrame foreign() {
        if (fields.isBad()) {
            return new ForeignFrame.Lost(name, "it is marked is_bad");
        }
        try {
            return posed();
        } catch (InvalidInputException e) {
            return new ForeignFrame.Broken(name, e.getMessage());
        } catch (IllegalArgumentException e) {
            return new ForeignFrame.Broken(name, scene.files().describe(scene.file()) + ": " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ForeignFrame.Posed posed() throws IOException {
        fields.requireKnown();
        String written = fields.path("file_path").orElse("");
        String color = scene.color(EXTENSIONS.stream().map(written::concat).toList());
        if (written.isEmpty() || color == null) {
            throw new IllegalArgumentException("there is no image '" + written + "' beside it or in images or rgb");
        }
        String depth = depth(color);
        Optional<String> labels = fields.path("label_path").map(scene::resolve);
        Optional<String> regions = fields.path("superpixel_path").map(scene::resolve);
        ImageSize size = size(color);
        ForeignFrame.Posed posed = new ForeignFrame.Posed(
                        name,
                        fields.intrinsics(size),
                        size,
                        CameraAxes.flip(fields.pose()),
                        () -> images(color, depth, labels, regions))
                .with(fields.distortion());
        DepthForm form = scene.depthOf(fields);
        return form.equals(scene.traits().depth()) ? posed : posed.with(form);
    }

    private String depth(String color) {
        Optional<String> written = fields.depthPath();
        if (written.isPresent()) {
            return scene.resolve(written.get());
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
        Optional<ImageSize> given = fields.size();
        if (given.isPresent()) {
            return given.get();
        }
        SourceFiles files = scene.files();
        return SourceImages.colorSize(files.describe(color), files.read(color));
    }

    private TransformsWriter.Images images(
            String color, String depth, Optional<String> labels, Optional<String> regions) throws IOException {
        SourceFiles files = scene.files();
        return new TransformsWriter.Images(
                files.read(color),
                color.substring(color.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT),
                SourceImages.depth(files.describe(depth), files.read(depth)),
                labels.isEmpty()
                        ? null
                        : SourceImages.ids(files.describe(labels.get()), files.read(labels.get()), scene.colors()),
                regions.isEmpty() || !scene.keepSuperpixels()
                        ? null
                        : SourceImages.ids(files.describe(regions.get()), files.read(regions.get())));
    }

    private static String stem(String path) {
        int dot = path.lastIndexOf('.');
        return dot > path.lastIndexOf('/') + 1 ? path.substring(0, dot) : path;
    }
}
