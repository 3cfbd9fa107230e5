package io.viewal.worker.cli;

import io.viewal.worker.dataset.importer.source.SourceOptions;
import java.util.function.UnaryOperator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A camera as four numbers: {@code FX,FY,CX,CY}. */
final class CameraOption implements ITypeConverter<CameraOption.Camera> {

    /** Puts a camera among the options of an import. */
    interface Camera extends UnaryOperator<SourceOptions> {}

    @Override
    public Camera convert(String text) {
        String[] numbers = text.split(",");
        if (numbers.length != 4) {
            throw new TypeConversionException(
                    "'" + text + "' is no camera; expected FX,FY,CX,CY such as 525,525,319.5,239.5");
        }
        try {
            double fx = Double.parseDouble(numbers[0]);
            double fy = Double.parseDouble(numbers[1]);
            double cx = Double.parseDouble(numbers[2]);
            double cy = Double.parseDouble(numbers[3]);
            SourceOptions.NONE.withCamera(fx, fy, cx, cy);
            return options -> options.withCamera(fx, fy, cx, cy);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("'" + text + "' is no camera: " + e.getMessage());
        }
    }
}
