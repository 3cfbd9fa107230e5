package io.viewal.worker.kernel;

import java.util.ArrayList;
import java.util.List;

/** The pixels of columns {@code fromColumn} to {@code toColumn − 1} and rows {@code fromRow} to {@code toRow − 1}. */
public record PixelBlock(int fromColumn, int fromRow, int toColumn, int toRow) {

    public int columns() {
        return toColumn - fromColumn;
    }

    public int rows() {
        return toRow - fromRow;
    }

    /** Number of pixels. */
    public int size() {
        return columns() * rows();
    }

    /** The block cut into pieces of so many rows and columns or, at its lower and right border, fewer. */
    public List<PixelBlock> cut(int rows, int columns) {
        List<PixelBlock> pieces = new ArrayList<>();
        for (int row = fromRow; row < toRow; row += rows) {
            for (int column = fromColumn; column < toColumn; column += columns) {
                pieces.add(
                        new PixelBlock(column, row, Math.min(toColumn, column + columns), Math.min(toRow, row + rows)));
            }
        }
        return pieces;
    }

    /** Refuses a block that reaches out of an image. */
    void requireIn(int width, int height) {
        if (fromColumn < 0 || fromRow < 0 || toColumn > width || toRow > height || size() < 0) {
            throw new IndexOutOfBoundsException(this + " of an image of " + width + " x " + height);
        }
    }
}
