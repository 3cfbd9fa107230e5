package io.viewal.worker.dataset.importer.source;

import io.viewal.contract.StageFailure;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.Intrinsics;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What an importer can't find in the data set itself. Each layout looks at the options that mean something to it.
 *
 * @param keepSuperpixels whether region maps that the source brings are kept
 * @param labelTable file that maps the source's label ids to classes
 * @param camera of all frames, in pixels of the colour images
 * @param metresADepthUnit of the depth images
 */
public record SourceOptions(
        boolean keepSuperpixels,
        Optional<Path> labelTable,
        Optional<Intrinsics> camera,
        Optional<Double> metresADepthUnit) {

    public SourceOptions {
        if (metresADepthUnit.isPresent() && !(metresADepthUnit.get() > 0 && Double.isFinite(metresADepthUnit.get()))) {
            throw new InvalidInputException(
                    StageFailure.Reason.InvalidRequest,
                    "A depth scale of " + metresADepthUnit.get() + ": expected metres a depth unit, such as 0.001");
        }
    }

    /** Nothing is given. */
    public static final SourceOptions NONE =
            new SourceOptions(true, Optional.empty(), Optional.empty(), Optional.empty());

    /** With a label table. */
    public SourceOptions withLabelTable(Path table) {
        return new SourceOptions(keepSuperpixels, Optional.of(table), camera, metresADepthUnit);
    }

    /** With a camera. */
    public SourceOptions withCamera(Intrinsics intrinsics) {
        return new SourceOptions(keepSuperpixels, labelTable, Optional.of(intrinsics), metresADepthUnit);
    }
}
