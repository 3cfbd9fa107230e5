package io.viewal.worker.dataset.importer;

import io.viewal.worker.dataset.importer.source.SourceOptions;
import java.nio.file.Path;

/**
 * A data set in a layout of its own.
 *
 * @param path its folder or file
 * @param options what its layout does not say
 * @param policy which frames are taken
 */
public record ForeignSource(ImportFormat format, Path path, SourceOptions options, ImportPolicy policy) {}
