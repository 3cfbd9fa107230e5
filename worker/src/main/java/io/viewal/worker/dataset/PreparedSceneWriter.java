package io.viewal.worker.dataset;

import io.viewal.worker.npy.NpyFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
    private final NpyFile.Writer color;
    private final NpyFile.Writer depth;
    private final NpyFile.Writer labels;
    private final NpyFile.Writer superpixels;

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
        int h = size.height();
        int w = size.width();
        this.color = new NpyFile.Writer(partial(SceneFile.COLOR), "|u1", frames, h, w, 3);
        this.depth = new NpyFile.Writer(partial(SceneFile.DEPTH), "<f4", frames, h, w);
        this.superpixels = new NpyFile.Writer(partial(SceneFile.SUPERPIXELS), "<u2", frames, h, w);
        this.labels = hasLabels ? new NpyFile.Writer(partial(SceneFile.LABELS), "|u1", frames, h, w) : null;
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
        long first = (long) index * size.pixels();
        color.put(3 * first, frame.color());
        depth.put(first, frame.depth());
        superpixels.put(first, frame.superpixels());
        if (labels != null) {
            labels.put(first, frame.labels() == null ? noLabels() : frame.labels());
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
                partial(SceneFile.CAMERAS), CamerasFile.of(name, size, written).toBytes());
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
        for (NpyFile.Writer file : new NpyFile.Writer[] {color, depth, labels, superpixels}) {
            if (file != null) {
                file.close();
            }
        }
    }

    private Path partial(SceneFile file) {
        return partial.resolve(file.fileName());
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
}
