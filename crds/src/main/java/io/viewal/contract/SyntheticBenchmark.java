package io.viewal.contract;

import io.viewal.contract.PrepareParameters.SeedSet;
import io.viewal.contract.PrepareParameters.Splits;
import io.viewal.contract.PrepareParameters.Synthetic;
import java.util.List;
import java.util.stream.IntStream;

/** Named sets of procedural rooms, so that numbers can be compared: scenes, splits and seed frames are fixed. */
@SuppressWarnings("MemberName") // The names are the YAML's.
public enum SyntheticBenchmark {
    /** For tests: 1 room to train on, 1 validates, 1 tests. */
    Tiny(3, 6, 1, 2),

    /** For a first look: 4 rooms to train on, 1 validates, 1 tests. */
    Small(6, 8, 1, 4),

    /** For experiments: 28 rooms to train on, 6 validate, 6 test. */
    Standard(40, 30, 6, 13);

    /** To be raised when a member means other scenes, frames, splits or seed frames. */
    public static final int VERSION = 1;

    private static final long SEED = 1;

    private final int scenes;
    private final int framesPerScene;
    private final int held;
    private final int seedFrames;

    /** @param held scenes that validate, and as many that test: the last ones */
    SyntheticBenchmark(int scenes, int framesPerScene, int held, int seedFrames) {
        this.scenes = scenes;
        this.framesPerScene = framesPerScene;
        this.held = held;
        this.seedFrames = seedFrames;
    }

    /** Its rooms. */
    public Synthetic rooms() {
        return new Synthetic(scenes, framesPerScene, SEED);
    }

    /** Its splits, every scene named. */
    public Splits splits() {
        return new Splits(
                names(0, scenes - 2 * held),
                names(scenes - 2 * held, scenes - held),
                names(scenes - held, scenes),
                0,
                0);
    }

    /** Names of the rooms {@code from} to {@code to}, exclusive. */
    public static List<String> names(int from, int to) {
        return IntStream.range(from, to).mapToObj("room-%05d"::formatted).toList();
    }

    /** The frames that are labeled before the first round; in Standard 1.5% of the train frames, the paper's share. */
    public SeedSet seedSet() {
        return new SeedSet(0, seedFrames, SEED);
    }

    /** What a result says it was made of. */
    public String title() {
        return name() + " v" + VERSION;
    }
}
