package io.viewal.worker.dataset.importer;

import io.viewal.worker.dataset.importer.source.SourceOptions;
import java.util.function.Predicate;

/** What a layout may need to be told. */
enum ImportOption {
    LABEL_TABLE(
            "--label-table (source.labelTable)", options -> options.labelTable().isPresent()),
    CAMERA("--camera (source.camera)", options -> options.camera().isPresent()),
    DEPTH_SCALE(
            "--depth-scale (source.depthScale)",
            options -> options.metresADepthUnit().isPresent()),
    LABEL_COLORS("--label-colors", options -> options.labelColors().isPresent()),
    NO_SUPERPIXELS("--no-superpixels", options -> !options.keepSuperpixels());

    private final String title;
    private final Predicate<SourceOptions> given;

    ImportOption(String title, Predicate<SourceOptions> given) {
        this.title = title;
        this.given = given;
    }

    boolean isGiven(SourceOptions options) {
        return given.test(options);
    }

    /** As users give it. */
    @Override
    public String toString() {
        return title;
    }
}
