package io.viewal.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;

/** Where posed RGB-D frames are and how they are prepared. Immutable. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "self == oldSelf",
        message = "a data set's spec can't be changed, as rounds rest on it: make a new data set")
@ValidationRule(
        value = "!has(self.source.benchmark) || (self.splits.train.size() == 0 && self.splits.validation.size() == 0"
                + " && self.splits.test.size() == 0 && self.seedSet.frames == 0 && self.seedSet.seed == 0"
                + " && self.seedSet.fraction == 0.015 && self.splits.validationFraction == 0.2"
                + " && self.splits.testFraction == 0.2"
                + " && self.sampling.every == 1 && self.sampling.most == 0)",
        message = "a benchmark has its own frames, splits and seed set: leave sampling, splits and seedSet out")
public record DatasetSpec(
        @Pattern(Api.NAME)
        @Size(max = Api.NAME_LENGTH)
        @JsonPropertyDescription("Name of the RoundClass whose store holds the data set; absent: the default one.")
        String className,

        @Required @JsonPropertyDescription("Where the frames come from.")
        Source source,

        @Default("[]")
        @Size(max = 255)
        @JsonPropertyDescription("Class names in id order; empty: those that the source names.")
        List<@Size(min = 1, max = 128) String> classes,

        @Default("{}")
        @Size(max = 1000)
        @JsonPropertyDescription(
                "Merges or drops classes by name: the source's names to those of `classes`, or to `void`. A"
                        + " name that is among `classes` needs no entry; each other one does. Empty: ids are kept.")
        Map<String, @Size(min = 1, max = 128) String> labelMapping,

        @Default("320") @Min(16) @Max(4096) @JsonPropertyDescription("Working width in pixels.")
        Integer width,

        @Default("240") @Min(16) @Max(4096) @JsonPropertyDescription("Working height in pixels.")
        Integer height,

        @Default("{}") @JsonPropertyDescription("Which frames of each scene are taken.")
        Sampling sampling,

        @Default("{}") @JsonPropertyDescription("Which scenes train, validate and test.")
        Splits splits,

        @Default("{}") @JsonPropertyDescription("The train frames that are labeled before the first round.")
        SeedSet seedSet,

        @Default("{}") @JsonPropertyDescription("SEEDS superpixels.")
        Superpixels superpixels,

        @Default("{}") @JsonPropertyDescription("How the overlap of superpixels is measured.")
        Overlap overlap,

        @Default("Fail")
        @JsonPropertyDescription(
                "What happens when the views of a scene do not agree: Fail, Warn (prepare it and say so"
                        + " in the result) or Off (don't compare them).")
        Preflight preflight,

        @Default("Fail")
        @JsonPropertyDescription(
                "What a frame or a scene that can't be read does: Fail (it ends the preparation) or Skip (it is"
                        + " left out, and named in the artifact leftOut).")
        OnError onError,

        @Default("1") @Min(1) @Max(256) @JsonPropertyDescription("Workers that share the scenes.")
        Integer shards,

        @JsonPropertyDescription("What a preparing pod asks for, within the limits of the class.")
        PodResources resources) {

    /** What to do with a scene whose views do not agree with each other. */
    @SuppressWarnings("MemberName") // The names are the YAML's.
    public enum Preflight {
        Fail,
        Warn,
        Off
    }

    /** What to do with a frame or a scene that can't be read. */
    @SuppressWarnings("MemberName") // The names are the YAML's.
    public enum OnError {
        Fail,
        Skip
    }

    /** Where frames come from. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @ValidationRule(
            value = "[has(self.uri), has(self.volume), has(self.synthetic), has(self.benchmark)]"
                    + ".filter(given, given).size() == 1",
            message = "exactly one of uri, volume, synthetic and benchmark must be given")
    @ValidationRule(
            value = "self.format == 'Interchange' || has(self.uri) || has(self.volume)",
            message = "format is that of a uri or a volume: leave it out with synthetic and benchmark")
    @ValidationRule(
            value = "self.format != 'Interchange'"
                    + " || !(has(self.labelTable) || has(self.camera) || has(self.depthScale))",
            message = "labelTable, camera and depthScale complete another format than Interchange, whose"
                    + " transforms.json says all of it: give format, or leave them out")
    public record Source(
            @Size(max = 1024)
            @Pattern("^(s3://[a-z0-9][a-z0-9.-]*(/.*)?|dir:/.*)$")
            @JsonPropertyDescription("`s3://bucket/prefix` in the class's store, or `dir:/path` in the worker's"
                    + " image: a folder of scenes, in the layout that `format` names.")
            String uri,

            @JsonPropertyDescription("A folder of such scenes in a persistent volume.")
            Volume volume,

            @JsonPropertyDescription("Procedural rooms that the worker makes.")
            Synthetic synthetic,

            @JsonPropertyDescription(
                    "A named set of procedural rooms with its own splits and seed set, so that numbers can be"
                            + " compared, see benchmark.md: Tiny (3 scenes of 6 frames), Small (6 of 8) or Standard (40 of 30).")
            Benchmark benchmark,

            @Default("Interchange")
            @JsonPropertyDescription(
                    "Layout of the scenes, see datasets.md. Interchange: a folder a scene with a `transforms.json`.")
            Format format,

            @Size(max = 1024)
            @Pattern("^[A-Za-z0-9][A-Za-z0-9._=+-]*(/[A-Za-z0-9][A-Za-z0-9._=+-]*)*$")
            @JsonPropertyDescription("File that says what label ids mean, in the folder of the scenes; absent: where"
                    + " the layout has it. ScanNet: scannetv2-labels.combined.tsv, SceneNet: wnid_to_class.txt.")
            String labelTable,

            @JsonPropertyDescription("The camera of all frames, for layouts that do not give it, such as TUM.")
            Camera camera,

            @Min(value = 0, inclusive = false)
            @Max(1000)
            @JsonPropertyDescription("Metres a depth unit, for layouts that do not say it, such as COLMAP (0.001).")
            Double depthScale) {}

    /** Layouts of scenes. */
    @SuppressWarnings("MemberName") // The names are the YAML's.
    public enum Format {
        Interchange,
        ScanNet,
        ScanNetFrames,
        TUM,
        SceneNet,
        Matterport,
        COLMAP,
        Hypersim,
        Polycam,
        Transforms
    }

    /** A pinhole camera, in pixels of the colour images. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Camera(
            @Required @Min(value = 0, inclusive = false) @JsonPropertyDescription("Focal length across.")
            Double fx,

            @Required @Min(value = 0, inclusive = false) @JsonPropertyDescription("Focal length down.")
            Double fy,

            @Required @JsonPropertyDescription("The axis's column.")
            Double cx,

            @Required @JsonPropertyDescription("The axis's row.")
            Double cy) {}

    /** A persistent volume; pods see it read-only. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Volume(
            @Required
            @Pattern(Api.NAME)
            @Size(max = 253)
            @JsonPropertyDescription(
                    "Name of a PersistentVolumeClaim in the data set's namespace. Several workers need one"
                            + " that several nodes may mount.")
            String claimName,

            @Default("\"\"")
            @Size(max = 1024)
            @Pattern("^([A-Za-z0-9][A-Za-z0-9._=+-]*(/[A-Za-z0-9][A-Za-z0-9._=+-]*)*)?$")
            @JsonPropertyDescription("Folder of scenes in the volume; empty: its root.")
            String path) {}

    /** Named sets of procedural rooms. */
    @SuppressWarnings("MemberName") // The names are the YAML's.
    public enum Benchmark {
        Tiny,
        Small,
        Standard
    }

    /** Procedural rooms. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Synthetic(
            @Required @Min(1) @Max(10000) @JsonPropertyDescription("Number of scenes.")
            Integer scenes,

            @Required @Min(2) @Max(10000) @JsonPropertyDescription("Posed frames a scene.")
            Integer framesPerScene,

            @Default("0") @JsonPropertyDescription("What everything in them is drawn from.")
            Long seed) {}

    /** Which frames of each scene are taken, in the order of their names. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Sampling(
            @Default("1") @Min(1) @Max(100000) @JsonPropertyDescription("Take every n-th frame.")
            Integer every,

            @Default("0") @Min(0) @Max(1000000) @JsonPropertyDescription("Take no more than this of a scene; 0: all.")
            Integer most) {}

    /** Which scenes train, validate and test; scenes that are not named train. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Splits(
            @Default("[]") @Size(max = 2000) @JsonPropertyDescription("Scenes that train, by name.")
            List<@Size(min = 1, max = 128) String> train,

            @Default("[]") @Size(max = 2000) @JsonPropertyDescription("Scenes that validate, by name.")
            List<@Size(min = 1, max = 128) String> validation,

            @Default("[]") @Size(max = 2000) @JsonPropertyDescription("Scenes that test, by name.")
            List<@Size(min = 1, max = 128) String> test,

            @Default("0.2")
            @Min(value = 0, inclusive = false)
            @Max(value = 1, inclusive = false)
            @JsonPropertyDescription("Share of the scenes that validates when none is named.")
            Double validationFraction,

            @Default("0.2")
            @Min(value = 0, inclusive = false)
            @Max(value = 1, inclusive = false)
            @JsonPropertyDescription("Share of the scenes that tests when none is named.")
            Double testFraction) {}

    /** The frames of the train split that are wholly labeled at the start. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SeedSet(
            @Default("0.015")
            @Min(value = 0, inclusive = false)
            @Max(1)
            @JsonPropertyDescription("Share of the train frames; at least one frame.")
            Double fraction,

            @Default("0") @Min(0) @Max(1000000) @JsonPropertyDescription("Number of frames; 0: by fraction.")
            Integer frames,

            @Default("0") @JsonPropertyDescription("What they are drawn with.")
            Long seed) {}

    /** SEEDS superpixels. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Superpixels(
            @Default("40") @Min(2) @Max(65535) @JsonPropertyDescription("Superpixels asked for a frame.")
            Integer count,

            @Default("5") @Min(1) @Max(1000) @JsonPropertyDescription("Pixel-level iterations.")
            Integer iterations) {}

    /** Overlap between superpixels of a scene. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Overlap(
            @Default("0.1")
            @Min(value = 0, inclusive = false)
            @Max(100)
            @JsonPropertyDescription("A point hits a pixel when their world points are closer than this, in metres.")
            Double distanceThreshold) {}
}
