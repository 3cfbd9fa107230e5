package io.viewal.worker.dataset.importer.source;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/** The frames of an open scene, in order. One thread asks for frames; their images may be read by others. */
public interface ForeignFrames extends Closeable {

    /** What holds for all frames. */
    SceneTraits traits();

    /**
     * The next frame; its images are read later, if at all.
     *
     * @return null at the end
     * @throws io.viewal.worker.InvalidInputException when no further frame can be read, such as at the place where a file
     *     is cut off
     */
    ForeignFrame next() throws IOException;

    /** The files that were read so far, as {@link SourceFiles#filesRead} has them. */
    Set<Path> filesRead();
}
