package io.viewal.worker.dataset;

/** Width and height in pixels, both positive. */
public record ImageSize(int width, int height) {

    public ImageSize {
        if (width <= 0 || height <= 0) {
            throw new IllegalArgumentException("Image size " + width + " x " + height + ": both must be positive");
        }
    }

    /** Pixels of one image. */
    public int pixels() {
        return width * height;
    }

    @Override
    public String toString() {
        return width + " x " + height;
    }
}
