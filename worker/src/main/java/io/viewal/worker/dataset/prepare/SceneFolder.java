package io.viewal.worker.dataset.prepare;

import io.viewal.contract.PrepareParameters;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.Frame;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.PreparedFrame;
import io.viewal.worker.dataset.PreparedScene;
import io.viewal.worker.dataset.PreparedSceneWriter;
import io.viewal.worker.dataset.SceneFile;
import io.viewal.worker.dataset.SourceFrame;
import io.viewal.worker.dataset.SourceScene;
import io.viewal.worker.dataset.VoidLabel;
import io.viewal.worker.dataset.interchange.DirectorySceneSource;
import io.viewal.worker.dataset.interchange.TransformsScenes;
import io.viewal.worker.dataset.superpixel.SeedsSuperpixels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** One scene in a folder, in the interchange form or prepared, brought to any size. */
public final class SceneFolder {

    private static final ImageSize UNKNOWN = new ImageSize(1, 1);

    private final Path folder;
    private final boolean prepared;

    /** Makes the regions of a frame. */
    @FunctionalInterface
    public interface Regions {

        /** uint16 [height, width], ids from 0; gaps are kept. */
        char[] of(String frame, ImageSize size) throws IOException;
    }

    /**
     * Looks at a folder.
     *
     * @throws InvalidInputException when it is no scene
     */
    public SceneFolder(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
        this.prepared = isPrepared(folder);
        if (!holdsScene(folder)) {
            throw new InvalidInputException(
                    Reason.InvalidRequest,
                    folder
                            + " is no scene: expected a folder that holds a transforms.json, or one of a prepared data set "
                            + "(cameras.json)");
        }
    }

    /** Whether a folder has the file of a scene, prepared or not. */
    public static boolean holdsScene(Path folder) {
        return isPrepared(folder) || Files.isRegularFile(folder.resolve("transforms.json"));
    }

    private static boolean isPrepared(Path folder) {
        return Files.isRegularFile(folder.resolve(SceneFile.CAMERAS.fileName()));
    }

    /** The scene's name: a prepared one knows it, another one is named by its folder. */
    public String name() {
        return prepared
                ? PreparedScene.open(folder).name()
                : folder.getFileName().toString();
    }

    /** The size of a prepared scene's frames; empty: they can be brought to any. */
    public Optional<ImageSize> size() {
        return prepared ? Optional.of(PreparedScene.open(folder).size()) : Optional.empty();
    }

    /** Reads the colours of a frame: uint8 [height, width, 3], RGB. */
    @FunctionalInterface
    public interface Colors {

        /** @param frame its index in {@link #frameNames()} */
        byte[] of(int frame) throws IOException;
    }

    /**
     * The frames' colours alone, at a size.
     *
     * @throws InvalidInputException when the prepared scene is of another size
     */
    public Colors colors(ImageSize asked) throws IOException {
        if (prepared) {
            PreparedScene scene = PreparedScene.open(folder);
            requireSize(scene, asked);
            return scene::color;
        }
        SourceScene source = source(asked);
        return frame -> source.read(frame).color();
    }

    /** Names of the frames, in the order of the scene's arrays. */
    public List<String> frameNames() throws IOException {
        return prepared
                ? PreparedScene.open(folder).frames().stream().map(Frame::name).toList()
                : source(UNKNOWN).frameNames();
    }

    /**
     * The scene at a size. A prepared one has its own size and regions already.
     *
     * @param regions in place of the scene's own; empty: the scene's own, and SEEDS for frames that have none
     * @param superpixels how many to make of a frame that has none
     * @param scratch where the arrays go; must not exist
     * @throws InvalidInputException when a frame is wrong, or the prepared scene is of another size
     */
    public PreparedScene open(ImageSize size, Optional<Regions> regions, int superpixels, Path scratch)
            throws IOException {
        if (prepared && regions.isPresent()) {
            throw new InvalidInputException(
                    Reason.InvalidRequest,
                    folder
                            + " is a prepared scene and has its own superpixels: give the scene's transforms.json folder to "
                            + "use others");
        }
        if (prepared) {
            PreparedScene scene = PreparedScene.open(folder);
            requireSize(scene, size);
            return scene;
        }
        SourceScene source = source(size);
        Seeds seeds = new Seeds(size, superpixels);
        int frames = source.frameNames().size();
        boolean labels = IntStream.range(0, frames).anyMatch(source::hasLabels);
        try (PreparedSceneWriter writer = new PreparedSceneWriter(scratch, source.name(), size, frames, labels)) {
            FrameTasks.run(frames, index -> {
                SourceFrame frame = source.read(index);
                char[] ids = regions.isPresent()
                        ? regions.get().of(frame.frame().name(), size)
                        : frame.superpixels() != null
                                ? frame.superpixels()
                                : seeds.made().compute(frame.color());
                writer.write(
                        index, new PreparedFrame(frame.frame(), frame.color(), frame.depth(), frame.labels(), ids));
            });
            return writer.finish();
        }
    }

    /** Labels are not judged here: what is scored may know other classes. */
    private SourceScene source(ImageSize size) throws IOException {
        return new TransformsScenes(new DirectorySceneSource(folder.getParent()))
                .open(folder.getFileName().toString(), size, VoidLabel.ID);
    }

    private static void requireSize(PreparedScene scene, ImageSize size) {
        if (!scene.size().equals(size)) {
            throw new InvalidInputException(
                    Reason.InvalidDataset,
                    "The prepared scene '" + scene.name() + "' has frames of " + scene.size()
                            + " pixels and what belongs to them is of " + size
                            + ": make it at the scene's size, or give the scene's transforms.json folder");
        }
    }

    /** SEEDS is loaded only when a frame has no regions. */
    private static final class Seeds {

        private final ImageSize size;
        private final int count;
        private SeedsSuperpixels made;

        Seeds(ImageSize size, int count) {
            this.size = size;
            this.count = count;
        }

        synchronized SeedsSuperpixels made() {
            if (made == null) {
                PrepareParameters.Superpixels asked = new PrepareParameters.Superpixels(count, 0);
                made = new SeedsSuperpixels(size, asked.count(), asked.iterations());
            }
            return made;
        }
    }
}
