package io.viewal.worker.dataset;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Stream;

/**
 * Writes the arrays and cameras of a {@link PreparedScene}. Frames may come in any order and from several threads; the
 * files are the same bytes. Everything is written beside the scene's folder, which appears whole when
 * {@link #finish()} renames it; {@link #close()} without that leaves nothing.
 */
public final class PreparedSceneWriter implements AutoCloseable {

    private final Path folder;
    private final Path partial;
    private final String name;
    private final ImageSize size;
    private final AtomicReferenceArray<Frame> frames;
    private final NpyOutput color;
    private final NpyOutput depth;
    private final NpyOutput labels;
    private final NpyOutput superpixels;

    /**
     * @param folder of the scene; must not exist
     * @param frames number of frames; each must be written once
     * @param hasLabels whether the scene gets a {@code labels.npy}
     */
    public PreparedSceneWriter(Path folder, String name, ImageSize size, int frames, boolean hasLabels)
            throws IOException {
        if (Files.exists(folder)) {
            throw new FileAlreadyExistsException(folder.toString());
        }
        this.folder = folder;
        this.name = name;
        this.size = size;
        this.frames = new AtomicReferenceArray<>(frames);
        this.partial = folder.resolveSibling("." + folder.getFileName() + ".partial");
        deleteRecursively(partial);
        Files.createDirectories(partial);
        this.color = new NpyOutput(SceneFile.COLOR, NpyType.UINT8, 3);
        this.depth = new NpyOutput(SceneFile.DEPTH, NpyType.FLOAT32, 1);
        this.superpixels = new NpyOutput(SceneFile.SUPERPIXELS, NpyType.UINT16, 1);
        this.labels = hasLabels ? new NpyOutput(SceneFile.LABELS, NpyType.UINT8, 1) : null;
    }

    /**
     * Writes one frame.
     *
     * @param index position in the scene's arrays
     */
    public void write(int index, PreparedFrame frame) throws IOException {
        frame.requireSize(size);
        if (!frames.compareAndSet(index, null, frame.frame())) {
            throw new IllegalStateException("Frame " + index + " of scene " + name + " is written twice");
        }
        color.put(index, ByteBuffer.wrap(frame.color()));
        ByteBuffer metres = ByteBuffer.allocate(size.pixels() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        metres.asFloatBuffer().put(frame.depth());
        depth.put(index, metres);
        ByteBuffer ids = ByteBuffer.allocate(size.pixels() * Character.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        ids.asCharBuffer().put(frame.superpixels());
        superpixels.put(index, ids);
        if (labels != null) {
            labels.put(index, ByteBuffer.wrap(frame.labels() == null ? noLabels() : frame.labels()));
        }
    }

    /** Makes the scene's folder appear. */
    public PreparedScene finish() throws IOException {
        List<Frame> written = new ArrayList<>();
        for (int i = 0; i < frames.length(); i++) {
            if (frames.get(i) == null) {
                throw new IllegalStateException("Frame " + i + " of scene " + name + " was not written");
            }
            written.add(frames.get(i));
        }
        closeFiles();
        Files.write(
                partial.resolve(SceneFile.CAMERAS.fileName()),
                CamerasFile.of(name, size, written).toBytes());
        Files.move(partial, folder, StandardCopyOption.ATOMIC_MOVE);
        return PreparedScene.open(folder);
    }

    @Override
    public void close() throws IOException {
        closeFiles();
        deleteRecursively(partial);
    }

    private byte[] noLabels() {
        byte[] none = new byte[size.pixels()];
        Arrays.fill(none, (byte) VoidLabel.ID);
        return none;
    }

    private void closeFiles() throws IOException {
        for (NpyOutput output : new NpyOutput[] {color, depth, labels, superpixels}) {
            if (output != null) {
                output.channel.close();
            }
        }
    }

    private static void deleteRecursively(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> content = Files.list(folder)) {
            for (Path file : content.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    /** One array file, written frame by frame at fixed positions. */
    private final class NpyOutput {

        private final FileChannel channel;
        private final int headerBytes;
        private final long frameBytes;

        NpyOutput(SceneFile file, NpyType type, int perPixel) throws IOException {
            long f = frames.length();
            byte[] header = perPixel == 1
                    ? NpyArrays.header(type, f, size.height(), size.width())
                    : NpyArrays.header(type, f, size.height(), size.width(), perPixel);
            this.headerBytes = header.length;
            this.frameBytes = (long) size.pixels() * perPixel * type.bytes();
            this.channel = FileChannel.open(
                    partial.resolve(file.fileName()), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            writeFully(ByteBuffer.wrap(header), 0);
        }

        void put(int frame, ByteBuffer data) throws IOException {
            writeFully(data, headerBytes + frame * frameBytes);
        }

        private void writeFully(ByteBuffer data, long position) throws IOException {
            long at = position;
            while (data.hasRemaining()) {
                at += channel.write(data, at);
            }
        }
    }
}
