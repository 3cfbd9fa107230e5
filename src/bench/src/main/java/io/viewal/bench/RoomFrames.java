package io.viewal.bench;

import io.viewal.contract.PrepareParameters.Synthetic;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.SourceFrame;
import io.viewal.worker.dataset.SourceScene;
import io.viewal.worker.dataset.synthetic.SyntheticScenes;
import io.viewal.worker.model.TrainingSet;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Wholly labeled frames of synthetic rooms, in memory. */
final class RoomFrames implements TrainingSet {

    private final List<String> classes;
    private final List<SourceFrame> frames = new ArrayList<>();

    /** All frames of the named rooms. */
    RoomFrames(ImageSize size, Synthetic parameters, List<String> names) throws IOException {
        SyntheticScenes rooms = new SyntheticScenes(parameters);
        classes = rooms.classes();
        for (String room : names) {
            SourceScene scene = rooms.open(room, size, classes.size());
            for (int frame = 0; frame < parameters.framesPerScene(); frame++) {
                frames.add(scene.read(frame));
            }
        }
    }

    /** Names by id. */
    List<String> classes() {
        return classes;
    }

    @Override
    public int size() {
        return frames.size();
    }

    @Override
    public byte[] rgb(int index) {
        return frames.get(index).color();
    }

    @Override
    public byte[] labels(int index) {
        return frames.get(index).labels();
    }

    /** Writes all colours to {@code <name>-rgb.bin} and all labels to {@code <name>-labels.bin}, frame by frame. */
    void write(Path folder, String name) throws IOException {
        try (OutputStream rgb = Files.newOutputStream(folder.resolve(name + "-rgb.bin"));
                OutputStream labels = Files.newOutputStream(folder.resolve(name + "-labels.bin"))) {
            for (SourceFrame frame : frames) {
                rgb.write(frame.color());
                labels.write(frame.labels());
            }
        }
    }
}
