package io.viewal.worker.kernel;

/** The pixels of columns {@code fromColumn} to {@code toColumn − 1} and rows {@code fromRow} to {@code toRow − 1}. */
public record PixelBlock(int fromColumn, int fromRow, int toColumn, int toRow) {

    /** Number of pixels. */
    public int size() {
        return (toColumn - fromColumn) * (toRow - fromRow);
    }

    /** Refuses a block that reaches out of an image. */
    void requireIn(int width, int height) {
        if (fromColumn < 0 || fromRow < 0 || toColumn > width || toRow > height || size() < 0) {
            throw new IndexOutOfBoundsException(this + " of an image of " + width + " x " + height);
        }
    }
}
