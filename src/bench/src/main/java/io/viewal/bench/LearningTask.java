package io.viewal.bench;

import io.viewal.contract.PrepareParameters.Synthetic;
import io.viewal.contract.SyntheticBenchmark;
import io.viewal.worker.dataset.ImageSize;
import java.io.IOException;
import java.util.List;

/**
 * What the learning comparison trains on and by which rates.
 *
 * @param size of the frames
 * @param rooms that the frames are of
 * @param training names of the rooms whose frames train
 * @param test names of the rooms that are measured
 * @param batch frames a step
 * @param rate of the backbone; the head's is ten times that
 */
record LearningTask(ImageSize size, Synthetic rooms, List<String> training, List<String> test, int batch, double rate) {

    private static final Synthetic ROOMS = new Synthetic(12, 15, 1);

    /** @param name {@code Rooms}, of this benchmark alone, or a {@link SyntheticBenchmark} at full labels */
    static LearningTask of(String name) {
        if (name.equals("Rooms")) {
            List<String> names = SyntheticBenchmark.names(0, ROOMS.scenes());
            return new LearningTask(new ImageSize(128, 96), ROOMS, names.subList(0, 8), names.subList(8, 12), 6, 2e-3);
        }
        SyntheticBenchmark set = SyntheticBenchmark.valueOf(name);
        return new LearningTask(
                new ImageSize(160, 120),
                set.rooms(),
                set.splits().train(),
                set.splits().test(),
                4,
                2.4e-3);
    }

    RoomFrames trainingFrames() throws IOException {
        return new RoomFrames(size, rooms, training);
    }

    RoomFrames testFrames() throws IOException {
        return new RoomFrames(size, rooms, test);
    }
}
