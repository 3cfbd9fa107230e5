package io.viewal.worker.dataset.check;

import io.viewal.contract.PrepareParameters;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.SourceFrame;
import io.viewal.worker.dataset.SourceScene;
import io.viewal.worker.dataset.interchange.ColorImage;
import io.viewal.worker.dataset.interchange.DirectorySceneSource;
import io.viewal.worker.dataset.interchange.ImageFiles;
import io.viewal.worker.dataset.interchange.IntegerImage;
import io.viewal.worker.dataset.interchange.TransformsScenes;
import io.viewal.worker.dataset.interchange.TransformsWriter;
import io.viewal.worker.dataset.synthetic.SyntheticScenes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Good scenes in folders, their copies, and their check. */
public final class SceneFolders {

    /** Size that scenes are made and checked at. */
    public static final ImageSize SIZE = new ImageSize(160, 120);

    private SceneFolders() {}

    /** Writes a synthetic room as {@code root/room-<seed>-<frames>}. */
    public static Path synthetic(Path root, int frames, long seed) throws IOException {
        SyntheticScenes source = new SyntheticScenes(new PrepareParameters.Synthetic(1, frames, seed));
        SourceScene room = source.open("room-00000", SIZE, source.classes().size());
        Path folder = root.resolve("room-" + seed + "-" + frames);
        TransformsWriter writer = new TransformsWriter(folder, source.classes(), 0.001);
        for (int i = 0; i < frames; i++) {
            SourceFrame frame = room.read(i);
            char[] millimetres = new char[SIZE.pixels()];
            for (int p = 0; p < millimetres.length; p++) {
                millimetres[p] = (char) Math.rint(1000.0 * frame.depth()[p]);
            }
            IntegerImage labels = IntegerImage.ofBytes(SIZE, frame.labels());
            byte[] color = ImageFiles.png(new ColorImage(SIZE, frame.color()));
            writer.add(
                    frame.frame(),
                    SIZE,
                    new TransformsWriter.Images(color, "png", new IntegerImage(SIZE, 16, millimetres), labels, null));
        }
        writer.finish();
        return folder;
    }

    /** Copies a scene. */
    public static Path copy(Path scene, Path target) throws IOException {
        try (Stream<Path> files = Files.walk(scene)) {
            for (Path file : files.toList()) {
                Path to = target.resolve(scene.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(file, to);
                }
            }
        }
        return target;
    }

    /** Checks a scene. */
    public static SceneFinding check(Path scene) {
        try {
            TransformsScenes scenes = new TransformsScenes(new DirectorySceneSource(scene.getParent()));
            return SceneCheck.check(scenes.open(scene.getFileName().toString(), SIZE, 255), SIZE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The scenes in a folder. */
    public static List<Path> scenes(Path root) throws IOException {
        try (Stream<Path> folders = Files.list(root)) {
            return folders.filter(Files::isDirectory).sorted().toList();
        }
    }
}
