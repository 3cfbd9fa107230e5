package io.viewal.worker.dataset.importer.nerf;

import io.viewal.worker.PlainText;
import io.viewal.worker.dataset.NameOrder;
import io.viewal.worker.dataset.importer.source.SceneTraits;
import io.viewal.worker.dataset.importer.source.SourceFault;
import io.viewal.worker.dataset.importer.source.SourceFiles;
import io.viewal.worker.dataset.importer.source.SourceOptions;
import io.viewal.worker.dataset.interchange.DepthForm;
import io.viewal.worker.dataset.interchange.FrameFields;
import io.viewal.worker.dataset.interchange.LabelColors;
import io.viewal.worker.dataset.interchange.TransformsJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What holds for all frames of a {@code transforms.json} of another tool.
 *
 * @param file the JSON, in the scene's folder
 * @param json its content
 * @param options what it does not say
 * @param colors what the colours of its label maps stand for; empty: these have ids
 */
record VariantScene(
        SourceFiles files,
        String file,
        TransformsJson json,
        SceneTraits traits,
        SourceOptions options,
        Optional<LabelColors> colors) {

    /** Where tools lay images beside the JSON, or above it (ScanNet++). */
    private static final List<String> COLOR_FOLDERS = List.of("", "images/", "rgb/", "../undistorted_images/");

    private static final List<String> DEPTH_FOLDERS =
            List.of("depth/", "depths/", "../undistorted_depths/", "../render_depth/");

    static VariantScene of(SourceFiles files, String file, TransformsJson json, SourceOptions options)
            throws IOException {
        try {
            DepthForm depth = json.frame(json.root()).depth();
            double unit = options.metresADepthUnit().orElse(depth.metresAUnit());
            SceneTraits traits = new SceneTraits(json.classes(), unit, depth.ray());
            return new VariantScene(files, file, json, traits, options, colors(files, options, json.classes()));
        } catch (IllegalArgumentException e) {
            throw SourceFault.invalid(files.describe(file), e.getMessage(), e);
        }
    }

    private static Optional<LabelColors> colors(SourceFiles files, SourceOptions options, List<String> classes)
            throws IOException {
        boolean given = options.labelColors().isPresent();
        if (!given && !files.exists(LabelColors.FILE)) {
            return Optional.empty();
        }
        String place = given ? options.labelColors().get().toString() : files.describe(LabelColors.FILE);
        String text =
                given ? PlainText.read(options.labelColors().get()) : PlainText.of(place, files.read(LabelColors.FILE));
        try {
            return Optional.of(LabelColors.parse(text, classes));
        } catch (IllegalArgumentException e) {
            throw SourceFault.invalid(place, e.getMessage(), e);
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
