package io.viewal.worker.dataset.interchange;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.viewal.worker.dataset.CameraPose;
import io.viewal.worker.dataset.Frame;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Intrinsics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** A good scene of a few small frames on disk, to be read or broken. */
public final class TransformsFixture {

    public static final ImageSize SIZE = new ImageSize(8, 6);
    public static final List<String> CLASSES = List.of("wall", "floor", "chair");

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path folder;

    private TransformsFixture(Path folder) {
        this.folder = folder;
    }

    /** Writes {@code root/<scene>} with the frames f0, f1, … */
    public static TransformsFixture write(Path root, String scene, int frames) throws IOException {
        TransformsWriter writer = new TransformsWriter(root.resolve(scene), CLASSES, 0.001);
        for (int i = 0; i < frames; i++) {
            writer.add(frame(i), SIZE, images(i));
        }
        writer.finish();
        return new TransformsFixture(root.resolve(scene));
    }

    /** A scene that was written before. */
    public static TransformsFixture at(Path folder) {
        return new TransformsFixture(folder);
    }

    public static Frame frame(int i) {
        double[] pose = {1, 0, 0, 0.1 * i, 0, 0, -1, 2.5, 0, 1, 0, 1 / 3.0, 0, 0, 0, 1};
        return new Frame("f" + i, new Intrinsics(7.25, 7.5, 3.875, 2.625 + i), new CameraPose(pose));
    }

    public static TransformsWriter.Images images(int i) {
        Random random = new Random(i);
        int pixels = SIZE.pixels();
        byte[] rgb = new byte[pixels * 3];
        random.nextBytes(rgb);
        char[] depth = new char[pixels];
        byte[] labels = new byte[pixels];
        char[] superpixels = new char[pixels];
        for (int p = 0; p < pixels; p++) {
            depth[p] = (char) random.nextInt(0x10000);
            labels[p] = (byte) (random.nextInt(5) == 0 ? 255 : random.nextInt(3));
            superpixels[p] = (char) (p / 12);
        }
        return new TransformsWriter.Images(
                ImageFiles.png(new ColorImage(SIZE, rgb)),
                "png",
                new IntegerImage(SIZE, 16, depth),
                IntegerImage.ofBytes(SIZE, labels),
                new IntegerImage(SIZE, 16, superpixels));
    }

    /** The scene's folder. */
    public Path folder() {
        return folder;
    }

    /** Changes {@code transforms.json}. */
    public TransformsFixture edit(Consumer<ObjectNode> change) throws IOException {
        Path file = folder.resolve("transforms.json");
        ObjectNode root = (ObjectNode) MAPPER.readTree(file.toFile());
        change.accept(root);
        Files.write(file, MAPPER.writeValueAsBytes(root));
        return this;
    }

    /** Changes the entry of one frame. */
    public TransformsFixture editFrame(int frame, Consumer<ObjectNode> change) throws IOException {
        return edit(root -> change.accept((ObjectNode) root.get("frames").get(frame)));
    }

    /** Replaces a file of the scene on purpose: digests are dropped. */
    public TransformsFixture put(String path, byte[] content) throws IOException {
        if (!path.endsWith(".json")) {
            edit(root -> root.get("frames").forEach(frame -> ((ObjectNode) frame).remove("sha256")));
        }
        Files.write(folder.resolve(path), content);
        return this;
    }
}
