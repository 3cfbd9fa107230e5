package io.viewal.worker.kernel;

/** Where the points of a source frame land in a target frame. */
public interface Projection {

    /**
     * Projects a block of source pixels, row by row.
     *
     * @param fromRow first row of the target in which points may land
     * @param toRow the row after the last one
     * @param hits appended to
     */
    void project(FramePair pair, PixelBlock source, int fromRow, int toRow, Hits hits);
}
