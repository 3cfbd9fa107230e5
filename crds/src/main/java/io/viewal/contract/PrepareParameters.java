package io.viewal.contract;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a data set is prepared. Absent fields take the defaults given here.
 *
 * @param source where the frames come from
 * @param classes class names in id order; empty: those that the source names
 * @param labelMapping the source's class names to those of {@code classes}, or to {@code void}; empty: ids are kept
 * @param width working width in pixels (320)
 * @param height working height in pixels (240)
 * @param sampling which frames of a scene are taken (all)
 * @param splits which scenes train, validate and test
 * @param seedSet the frames that are labeled before the first round
 * @param superpixels SEEDS parameters
 * @param overlap how superpixel overlap is measured
 * @param preflight what happens when the views of a scene do not agree (Fail)
 * @param onError what happens when a frame or a scene can't be read (Fail)
 */
@RecordBuilder
public record PrepareParameters(
        Source source,
        List<String> classes,
        Map<String, String> labelMapping,
        int width,
        int height,
        Sampling sampling,
        Splits splits,
        SeedSet seedSet,
        Superpixels superpixels,
        Overlap overlap,
        Preflight preflight,
        OnError onError)
        implements StageParameters {

    public PrepareParameters {
        classes = classes == null ? List.of() : List.copyOf(classes);
        // Sorted, so that the request's digest does not depend on how the map was filled.
        labelMapping = labelMapping == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(labelMapping));
        width = width == 0 ? 320 : width;
        height = height == 0 ? 240 : height;
        sampling = sampling == null ? Sampling.ALL : sampling;
        splits = splits == null ? new Splits(null, null, null, 0, 0) : splits;
        seedSet = seedSet == null ? new SeedSet(0, 0, 0) : seedSet;
        superpixels = superpixels == null ? new Superpixels(0, 0) : superpixels;
        overlap = overlap == null ? new Overlap(0) : overlap;
        preflight = preflight == null ? Preflight.Fail : preflight;
        onError = onError == null ? OnError.Fail : onError;
    }

    /**
     * The same with a benchmark's scenes, splits and seed set in their places; without a benchmark the same.
     *
     * @throws IllegalArgumentException when a benchmark and something of its own are given
     */
    public PrepareParameters resolved() {
        if (source == null || source.benchmark() == null) {
            return this;
        }
        SyntheticBenchmark benchmark = source.benchmark();
        boolean free = sampling.equals(Sampling.ALL)
                && splits.equals(new Splits(null, null, null, 0, 0))
                && seedSet.equals(new SeedSet(0, 0, 0));
        if (!free || !source.equals(new Source(null, null, null, benchmark))) {
            throw new IllegalArgumentException(
                    "The benchmark " + benchmark
                            + " has its own frames, splits and seed set: leave sampling, splits, seedSet and other sources out");
        }
        return new PrepareParameters(
                new Source(null, null, benchmark.rooms(), null),
                classes,
                labelMapping,
                width,
                height,
                Sampling.ALL,
                benchmark.splits(),
                benchmark.seedSet(),
                superpixels,
                overlap,
                preflight,
                onError);
    }

    @Override
    public Stage stage() {
        return Stage.PREPARE;
    }

    /** Frames that somebody keeps in a folder may be others tomorrow. */
    @Override
    public boolean selfContained() {
        return source == null || source.uri() == null && source.volume() == null;
    }

    /**
     * Exactly one of the first four is given; the others with {@code uri} and {@code volume} alone.
     *
     * @param uri {@code s3://bucket/prefix} in the class's store or {@code dir:/path}: a folder of scenes
     * @param volume a volume of the cluster with such a folder
     * @param synthetic procedural scenes made by the worker
     * @param benchmark a named set of them, with its own splits and seed set
     * @param format layout of the scenes (Interchange)
     * @param labelTable file that says what label ids mean, in the folder; null: where the layout has it
     * @param camera of all frames; null: the layout's
     * @param depthScale metres a depth unit; null: the layout's
     */
    public record Source(
            String uri,
            Volume volume,
            Synthetic synthetic,
            SyntheticBenchmark benchmark,
            Format format,
            String labelTable,
            Camera camera,
            Double depthScale) {

        public Source {
            format = format == null ? Format.Interchange : format;
        }

        /** Scenes that each have a {@code transforms.json}, or that the worker makes. */
        public Source(String uri, Volume volume, Synthetic synthetic, SyntheticBenchmark benchmark) {
            this(uri, volume, synthetic, benchmark, null, null, null, null);
        }
    }

    /** Layouts of scenes. */
    @SuppressWarnings("MemberName") // The names are the YAML's.
    public enum Format {
        /** A folder a scene with a {@code transforms.json}. */
        Interchange,
        /** Sensor streams. */
        ScanNet,
        /** Exported frames. */
        ScanNetFrames,
        /** Sequences of the TUM RGB-D benchmark. */
        TUM,
        /** Rendered trajectories. */
        SceneNet,
        /** Houses of Matterport3D. */
        Matterport,
        /** Models as text with depth maps. */
        COLMAP,
        /** Rendered trajectories in HDF5. */
        Hypersim,
        /** Raw exports of the app. */
        Polycam,
        /** Other tools' forms of {@code transforms.json}. */
        Transforms
    }

    /** A pinhole camera, in pixels of the colour images. */
    public record Camera(double fx, double fy, double cx, double cy) {}

    /**
     * A persistent volume, which pods see read-only at {@value #MOUNT}.
     *
     * @param claimName the claim, in the data set's namespace
     * @param path folder of scenes in the volume; empty: its root
     */
    public record Volume(String claimName, String path) {

        /** Where it is mounted. */
        public static final String MOUNT = "/volume";

        public Volume {
            path = path == null ? "" : path;
        }
    }

    /**
     * Procedural rooms.
     *
     * @param scenes number of scenes
     * @param framesPerScene posed frames a scene
     * @param seed what everything in them is drawn from
     */
    public record Synthetic(int scenes, int framesPerScene, long seed) {}

    /**
     * Which frames of each scene are taken, in name order.
     *
     * @param every take every n-th frame (1)
     * @param most take no more than this; 0: all
     */
    public record Sampling(int every, int most) {

        /** Every frame. */
        public static final Sampling ALL = new Sampling(1, 0);

        public Sampling {
            every = every == 0 ? 1 : every;
        }
    }

    /**
     * Scenes of each split by name; scenes not named go to train. When validation or test is neither named nor given a
     * fraction, 20% of the scenes (at least one when there are two or more) validate and 20% (at least one when there
     * are three or more) test, drawn by name order.
     */
    public record Splits(
            List<String> train,
            List<String> validation,
            List<String> test,
            double validationFraction,
            double testFraction) {

        public Splits {
            train = train == null ? List.of() : List.copyOf(train);
            validation = validation == null ? List.of() : List.copyOf(validation);
            test = test == null ? List.of() : List.copyOf(test);
            validationFraction = validationFraction == 0 ? 0.2 : validationFraction;
            testFraction = testFraction == 0 ? 0.2 : testFraction;
        }
    }

    /**
     * The frames of the train split that are wholly labeled at the start.
     *
     * @param fraction share of the train frames (0.015, the paper's), at least one frame
     * @param frames number of frames; 0: by fraction
     * @param seed what they are drawn with
     */
    public record SeedSet(double fraction, int frames, long seed) {
        public SeedSet {
            fraction = fraction == 0 ? 0.015 : fraction;
        }
    }

    /**
     * SEEDS superpixels.
     *
     * @param count superpixels asked for a frame (40)
     * @param iterations pixel-level iterations (5)
     */
    public record Superpixels(int count, int iterations) {
        public Superpixels {
            count = count == 0 ? 40 : count;
            iterations = iterations == 0 ? 5 : iterations;
        }
    }

    /**
     * Overlap between superpixels of a scene.
     *
     * @param distanceThreshold a point hits a pixel when their world points are closer than this, in metres (0.1)
     */
    public record Overlap(double distanceThreshold) {
        public Overlap {
            distanceThreshold = distanceThreshold == 0 ? 0.1 : distanceThreshold;
        }
    }

    /** What to do with a scene whose views do not agree with each other. */
    @SuppressWarnings("MemberName") // The names are the YAML's.
    public enum Preflight {
        /** The data set is not prepared. */
        Fail,
        /** The result says so. */
        Warn,
        /** The views are not compared. */
        Off
    }

    /** What a frame or a scene that can't be read does. */
    @SuppressWarnings("MemberName") // The names are the YAML's.
    public enum OnError {
        /** It ends the preparation. */
        Fail,

        /** It is left out, and named in the result. */
        Skip
    }
}
