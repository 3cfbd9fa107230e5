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
 * @param labelColors file that says what the colours of label maps stand for
 * @param yUp whether that camera's y axis points up, which is written as a negative focal length along y
 */
public record SourceOptions(
        boolean keepSuperpixels,
        Optional<Path> labelTable,
        Optional<Intrinsics> camera,
        Optional<Double> metresADepthUnit,
        Optional<Path> labelColors,
        boolean yUp) {

    public SourceOptions {
        if (metresADepthUnit.isPresent() && !(metresADepthUnit.get() > 0 && Double.isFinite(metresADepthUnit.get()))) {
            throw new InvalidInputException(
                    StageFailure.Reason.InvalidRequest,
                    "A depth scale of " + metresADepthUnit.get() + ": expected metres a depth unit, such as 0.001");
        }
    }

    /** With a camera whose y axis points down, if one is given. */
    public SourceOptions(
            boolean keepSuperpixels,
            Optional<Path> labelTable,
            Optional<Intrinsics> camera,
            Optional<Double> metresADepthUnit) {
        this(keepSuperpixels, labelTable, camera, metresADepthUnit, Optional.empty(), false);
    }

    /** Nothing is given. */
    public static final SourceOptions NONE =
            new SourceOptions(true, Optional.empty(), Optional.empty(), Optional.empty());

    /** With a label table. */
    public SourceOptions withLabelTable(Path table) {
        return new SourceOptions(keepSuperpixels, Optional.of(table), camera, metresADepthUnit, labelColors, yUp);
    }

    /** With a camera. */
    public SourceOptions withCamera(Intrinsics intrinsics) {
        return new SourceOptions(
                keepSuperpixels, labelTable, Optional.of(intrinsics), metresADepthUnit, labelColors, yUp);
    }

    /** With a table of the colours of label maps. */
    public SourceOptions withLabelColors(Path table) {
        return new SourceOptions(keepSuperpixels, labelTable, camera, metresADepthUnit, Optional.of(table), yUp);
    }

    /** With the metres of a depth unit. */
    public SourceOptions withDepthUnit(double metres) {
        return new SourceOptions(keepSuperpixels, labelTable, camera, Optional.of(metres), labelColors, yUp);
    }

    /** With a camera by its numbers; a negative focal length along y is that of a camera whose y axis points up. */
    public SourceOptions withCamera(double fx, double fy, double cx, double cy) {
        Intrinsics intrinsics = new Intrinsics(fx, Math.abs(fy), cx, cy);
        return new SourceOptions(
                keepSuperpixels, labelTable, Optional.of(intrinsics), metresADepthUnit, labelColors, fy < 0);
    }
}
