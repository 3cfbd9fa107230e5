package io.viewal.worker.cli;

import io.viewal.worker.dataset.importer.ImportFormat;
import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A layout by the name that users give it. */
final class FormatOption implements ITypeConverter<ImportFormat> {

    @Override
    public ImportFormat convert(String text) {
        return Arrays.stream(ImportFormat.values())
                .filter(format -> format.toString().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException(
                        "'" + text + "' is no format, expected one of " + Arrays.toString(ImportFormat.values())));
    }
}
