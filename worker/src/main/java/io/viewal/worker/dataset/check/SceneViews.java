package io.viewal.worker.dataset.check;

import io.viewal.worker.dataset.Frame;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.SourceFrame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Takes the views that are checked from a scene: all frames of a short one; of a long one some runs of frames in a row, so
 * that poses which belong to a neighbouring frame are noticed.
 */
final class SceneViews {

    static final int MOST = 48;

    private static final int RUN = 12;
    private static final int WIDTH = 160;

    private SceneViews() {}

    /**
     * Reads on all cores.
     *
     * @param frames number of frames of the scene
     * @param size of the frames that are read
     * @throws io.viewal.worker.InvalidInputException when a frame is wrong
     */
    static List<View> read(int frames, ImageSize size, SceneCheck.FrameReader reader) throws IOException {
        try {
            return chosen(frames)
                    .parallel()
                    .mapToObj(index -> {
                        try {
                            return view(index, reader.read(index), size);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Indices in rising order. */
    static IntStream chosen(int frames) {
        if (frames <= MOST) {
            return IntStream.range(0, frames);
        }
        int runs = MOST / RUN;
        return IntStream.range(0, MOST).map(i -> (frames - RUN) * (i / RUN) / (runs - 1) + i % RUN);
    }

    /** Every n-th pixel, so that depths stay as measured; the camera's numbers scale with it exactly. */
    private static View view(int index, SourceFrame frame, ImageSize size) {
        int step = Math.max(1, size.width() / WIDTH);
        ImageSize small = new ImageSize((size.width() + step - 1) / step, (size.height() + step - 1) / step);
        float[] depth = new float[small.pixels()];
        byte[] grey = new byte[small.pixels()];
        for (int p = 0; p < depth.length; p++) {
            int from = p / small.width() * step * size.width() + p % small.width() * step;
            depth[p] = frame.depth()[from];
            int red = Byte.toUnsignedInt(frame.color()[from * 3]);
            int green = Byte.toUnsignedInt(frame.color()[from * 3 + 1]);
            int blue = Byte.toUnsignedInt(frame.color()[from * 3 + 2]);
            grey[p] = (byte) ((299 * red + 587 * green + 114 * blue) / 1000);
        }
        Frame camera = new Frame(
                frame.frame().name(),
                frame.frame().intrinsics().scaled(1.0 / step, 1.0 / step),
                frame.frame().pose());
        return new View(index, camera, small, depth, 1, grey);
    }
}
