package io.viewal.worker.kernel;

import java.util.List;

/** Where the points of a source frame land in a block of a target frame. */
public interface Projection {

    /**
     * Projects blocks of source pixels, each row by row.
     *
     * @param hits appended to
     */
    void project(FramePair pair, List<PixelBlock> source, Hits hits);
}
