package io.viewal.worker.dataset.interchange;

import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.SourceFrame;
import io.viewal.worker.dataset.SourceScene;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Writes scenes as {@link TransformsScenes} reads them; depth is rounded to its unit, all else survives exactly. */
public final class SceneExport {

    private static final int LARGEST = 0xffff;

    private final List<String> classes;
    private final ImageSize size;
    private final double depthScale;

    /** @param depthScale metres a depth unit; 65,535 of them are the largest depth */
    public SceneExport(List<String> classes, ImageSize size, double depthScale) {
        this.classes = classes;
        this.size = size;
        this.depthScale = depthScale;
    }

    /**
     * Writes a scene's folder, which appears whole.
     *
     * @return frames written
     * @throws java.nio.file.FileAlreadyExistsException when the folder holds something
     * @throws InvalidInputException when a frame can't be read, or its depth is out of range
     */
    public int write(SourceScene scene, Path folder) throws IOException {
        int frames = scene.frameNames().size();
        try (TransformsWriter writer = new TransformsWriter(folder, classes, depthScale)) {
            for (int i = 0; i < frames; i++) {
                SourceFrame frame = scene.read(i);
                writer.add(frame.frame(), size, images(scene, frame));
            }
            writer.finish();
        }
        return frames;
    }

    private TransformsWriter.Images images(SourceScene scene, SourceFrame frame) {
        return new TransformsWriter.Images(
                ImageFiles.png(new ColorImage(size, frame.color())),
                "png",
                new IntegerImage(size, 16, depth(scene, frame)),
                frame.labels() == null ? null : IntegerImage.ofBytes(size, frame.labels()),
                frame.superpixels() == null ? null : new IntegerImage(size, 16, frame.superpixels()));
    }

    private char[] depth(SourceScene scene, SourceFrame frame) {
        char[] units = new char[frame.depth().length];
        for (int p = 0; p < units.length; p++) {
            double unit = Math.rint(frame.depth()[p] / depthScale);
            if (unit > LARGEST) {
                throw new InvalidInputException(
                        Reason.InvalidRequest,
                        "Scene '%s', frame '%s': a depth of %.2f m is above %.2f m, the largest in units of %s m: give a larger --depth-scale"
                                .formatted(
                                        scene.name(),
                                        frame.frame().name(),
                                        frame.depth()[p],
                                        LARGEST * depthScale,
                                        depthScale));
            }
            units[p] = (char) unit;
        }
        return units;
    }
}
