package io.viewal.worker.cli;

import io.viewal.worker.dataset.Intrinsics;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A camera as four numbers: {@code FX,FY,CX,CY}. */
final class CameraOption implements ITypeConverter<Intrinsics> {

    @Override
    public Intrinsics convert(String text) {
        String[] numbers = text.split(",");
        try {
            if (numbers.length == 4) {
                return new Intrinsics(
                        Double.parseDouble(numbers[0]),
                        Double.parseDouble(numbers[1]),
                        Double.parseDouble(numbers[2]),
                        Double.parseDouble(numbers[3]));
            }
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("'" + text + "' is no camera: " + e.getMessage());
        }
        throw new TypeConversionException(
                "'" + text + "' is no camera; expected FX,FY,CX,CY such as 525,525,319.5,239.5");
    }
}
