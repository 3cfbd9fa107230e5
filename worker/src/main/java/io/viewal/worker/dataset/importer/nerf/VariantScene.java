package io.viewal.worker.dataset.importer.nerf;

import io.viewal.worker.dataset.NameOrder;
import io.viewal.worker.dataset.importer.source.SceneTraits;
import io.viewal.worker.dataset.importer.source.SourceFault;
import io.viewal.worker.dataset.importer.source.SourceFiles;
import io.viewal.worker.dataset.importer.source.SourceOptions;
import io.viewal.worker.dataset.interchange.DepthForm;
import io.viewal.worker.dataset.interchange.FrameFields;
import io.viewal.worker.dataset.interchange.TransformsJson;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What holds for all frames of a {@code transforms.json} of another tool.
 *
 * @param file the JSON, in the scene's folder
 * @param json its content
 * @param options what it does not say
 */
record VariantScene(SourceFiles files, String file, TransformsJson json, SceneTraits traits, SourceOptions options) {

    /** Where tools lay images beside the JSON, or above it (ScanNet++). */
    private static final List<String> COLOR_FOLDERS = List.of("", "images/", "rgb/", "../undistorted_images/");

    private static final List<String> DEPTH_FOLDERS =
            List.of("depth/", "depths/", "../undistorted_depths/", "../render_depth/");

    static VariantScene of(SourceFiles files, String file, TransformsJson json, SourceOptions options) {
        try {
            DepthForm depth = json.frame(json.root()).depth();
            double unit = options.metresADepthUnit().orElse(depth.metresAUnit());
            return new VariantScene(files, file, json, new SceneTraits(json.classes(), unit, depth.ray()), options);
        } catch (IllegalArgumentException e) {
            throw SourceFault.invalid(files.describe(file), e.getMessage(), e);
        }
    }

    /** Its frames, by their numbers. */
    List<VariantFrame> frames() {
        try {
            List<FrameFields> all = json.entries().stream().map(json::frame).toList();
            if (options.metresADepthUnit().isPresent()) {
                TransformsJson.requireOneUnit(all.stream().map(FrameFields::depth));
            }
            return all.stream()
                    .map(fields -> VariantFrame.of(this, fields))
                    .sorted(Comparator.comparing(VariantFrame::name, NameOrder.BY_NUMBER))
                    .toList();
        } catch (IllegalArgumentException e) {
            throw SourceFault.invalid(files.describe(file), e.getMessage(), e);
        }
    }

    /** Unit and kind of a frame's depth. */
    DepthForm depthOf(FrameFields fields) {
        DepthForm own = fields.depth();
        return new DepthForm(options.metresADepthUnit().orElse(own.metresAUnit()), own.ray());
    }

    boolean keepSuperpixels() {
        return options.keepSuperpixels();
    }

    /** The first file of these names that is there, beside the JSON or in the usual folders; null when none is. */
    String color(List<String> names) {
        return find(COLOR_FOLDERS, names);
    }

    /** As above, for depth. */
    String depth(String name) {
        return find(DEPTH_FOLDERS, List.of(name));
    }

    /** The path in the scene's folder of one that is relative to the JSON. */
    String resolve(String path) {
        List<String> segments = new ArrayList<>(List.of(file.split("/")));
        segments.removeLast();
        for (String segment : path.split("/")) {
            if (segment.equals("..") && !segments.isEmpty()) {
                segments.removeLast();
            } else if (!segment.equals(".") && !segment.isEmpty()) {
                segments.add(segment);
            }
        }
        return String.join("/", segments);
    }

    private String find(List<String> folders, List<String> names) {
        return folders.stream()
                .flatMap(folder -> names.stream().map(name -> resolve(folder + name)))
                .filter(path -> !Stream.of(path.split("/")).anyMatch(".."::equals))
                .filter(files::exists)
                .findFirst()
                .orElse(null);
    }
}
