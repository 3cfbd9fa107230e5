package io.viewal.worker.dataset.importer.colmap;

import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.importer.source.SourceFault;
import io.viewal.worker.dataset.importer.source.SourceFiles;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * COLMAP's binary files, little-endian: a count, then as many cameras or images.
 *
 * @see <a href="https://colmap.github.io/format.html#binary-file-format">COLMAP's formats</a>
 */
final class BinaryModel implements Closeable {

    private static final int LONGEST_NAME = 4096;
    /** Two coordinates and the point's id. */
    private static final int POINT = 24;

    private final String file;
    private final InputStream in;

    private BinaryModel(SourceFiles files, String path) throws IOException {
        this.file = files.describe(path);
        this.in = new BufferedInputStream(files.stream(path), 1 << 16);
    }

    /** A camera: int32 id, int32 model, int64 width and height, float64 parameters. */
    static Map<Long, ColmapCamera> cameras(SourceFiles files, String path) throws IOException {
        try (BinaryModel model = new BinaryModel(files, path)) {
            Map<Long, ColmapCamera> cameras = new HashMap<>();
            long count = model.number(Long.BYTES);
            for (long i = 0; i < count; i++) {
                cameras.put(model.number(Integer.BYTES), model.camera());
            }
            model.requireEnd(count + " cameras");
            return cameras;
        } catch (EOFException e) {
            throw cutOff(files, path, e);
        }
    }

    private ColmapCamera camera() throws IOException {
        long id = number(Integer.BYTES);
        if (id < 0 || id >= ColmapCamera.Model.ALL.size()) {
            throw SourceFault.invalid(
                    file, "a camera has the model " + id + ", which is not known: run colmap image_undistorter first");
        }
        ColmapCamera.Model model = ColmapCamera.Model.ALL.get((int) id);
        try {
            ImageSize size = new ImageSize(Math.toIntExact(number(Long.BYTES)), Math.toIntExact(number(Long.BYTES)));
            return ColmapCamera.of(model.name(), size, doubles(model.parameters()));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw SourceFault.invalid(file, "a camera " + model.name() + ": " + e.getMessage(), e);
        }
    }

    /** An image: int32 id, float64 quaternion and translation, int32 camera, name, 0, int64 count, its points. */
    static List<ColmapImage> images(SourceFiles files, String path) throws IOException {
        try (BinaryModel model = new BinaryModel(files, path)) {
            List<ColmapImage> images = new ArrayList<>();
            long count = model.number(Long.BYTES);
            for (long i = 0; i < count; i++) {
                model.number(Integer.BYTES);
                double[] rotation = model.doubles(4);
                double[] translation = model.doubles(3);
                long camera = model.number(Integer.BYTES);
                images.add(new ColmapImage(model.name(), camera, rotation, translation));
                model.in.skipNBytes(Math.multiplyExact(POINT, model.number(Long.BYTES)));
            }
            model.requireEnd(count + " images");
            return images;
        } catch (EOFException | ArithmeticException e) {
            throw cutOff(files, path, e);
        }
    }

    private static RuntimeException cutOff(SourceFiles files, String path, Exception cause) {
        return SourceFault.invalid(files.describe(path), "it is cut off or damaged: copy it again", cause);
    }

    private void requireEnd(String what) throws IOException {
        if (in.read() >= 0) {
            throw SourceFault.invalid(file, "it says that it has " + what + ", and more follows: it is damaged");
        }
    }

    private long number(int bytes) throws IOException {
        ByteBuffer buffer = bytes(bytes);
        return bytes == Integer.BYTES ? buffer.getInt() : buffer.getLong();
    }

    private double[] doubles(int count) throws IOException {
        double[] numbers = new double[count];
        bytes(count * Double.BYTES).asDoubleBuffer().get(numbers);
        return numbers;
    }

    private ByteBuffer bytes(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException();
        }
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private String name() throws IOException {
        ByteArrayOutputStream name = new ByteArrayOutputStream();
        for (int c = in.read(); c != 0; c = in.read()) {
            if (c < 0 || name.size() == LONGEST_NAME) {
                throw new EOFException();
            }
            name.write(c);
        }
        return name.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
