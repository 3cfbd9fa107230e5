package io.viewal.worker.dataset.interchange;

import com.fasterxml.jackson.databind.JsonNode;
import io.viewal.worker.dataset.Distortion;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Intrinsics;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a {@code transforms.json} says of a frame, in whatever spelling: by the frame's own fields, else the scene's. What
 * can't be read throws {@link IllegalArgumentException} with a clause that says what to write.
 *
 * @param root the whole description
 * @param entry the frame's
 */
public record FrameFields(JsonNode root, JsonNode entry) {

    private static final double DEFAULT_UNIT = 0.001;
    private static final List<String> UNITS = List.of("depth_unit_scale_factor", "depth_scale", "integer_depth_scale");
    private static final Set<String> DEPTH_KINDS = Set.of("z", "ray");
    private static final int SIDE = 4;

    /** Two numbers that differ by less were rounded. */
    private static final double ROUNDED = 1e-6;

    /** Fails when the frame's entry is no object, or a field of it is misspelled. */
    public void requireKnown() {
        if (!entry.isObject()) {
            throw new IllegalArgumentException("the frame is " + entry + ", expected an object with a 'file_path'");
        }
        FieldNames.requireKnown(entry, Set.of());
        double scale = number("applied_scale").orElse(1.0);
        if (scale != 1) {
            throw new IllegalArgumentException("'applied_scale' is " + scale
                    + ": poses were scaled and depth was not; divide the translations by it and remove the field");
        }
    }

    /** The frame's own value, else the scene's; empty also for null. */
    Optional<JsonNode> find(String key) {
        JsonNode value = entry.hasNonNull(key) ? entry.get(key) : root.get(key);
        return Optional.ofNullable(value).filter(found -> !found.isNull());
    }

    /** A number, or its text; {@code 1/5000} too. */
    Optional<Double> number(String key) {
        return find(key).map(value -> number(key, value));
    }

    private static double number(String key, JsonNode value) {
        if (value.isNumber()) {
            return value.asDouble();
        }
        try {
            String[] parts = value.isTextual() ? value.asText().split("/", 2) : new String[0];
            double number = Double.parseDouble(parts[0]);
            return parts.length == 1 ? number : number / Double.parseDouble(parts[1]);
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("'" + key + "' is " + value + ", expected a number", e);
        }
    }

    private double required(String key, String why) {
        return number(key)
                .orElseThrow(() -> new IllegalArgumentException(
                        "it needs a number '" + key + "', in the frame or for the whole scene" + why));
    }

    /** Unit and kind of its depth. */
    public DepthForm depth() {
        String kind = find("depth_kind").map(JsonNode::asText).orElse("z");
        if (!DEPTH_KINDS.contains(kind)) {
            throw new IllegalArgumentException("depth of kind '" + kind
                    + "' can't be read; expected \"z\" (along the camera's axis) or \"ray\" (along the pixel's ray)");
        }
        double unit = unit(entry).or(() -> unit(root)).orElse(DEFAULT_UNIT);
        return new DepthForm(unit, kind.equals("ray"));
    }

    private static Optional<Double> unit(JsonNode object) {
        Optional<Double> unit = Optional.empty();
        for (String key : UNITS) {
            if (!object.hasNonNull(key)) {
                continue;
            }
            double value = number(key, object.get(key));
            if (!(value > 0 && Double.isFinite(value))) {
                throw new IllegalArgumentException(
                        "'" + key + "' is " + value + "; expected metres a depth unit, such as 0.001");
            }
            if (unit.isPresent() && Math.abs(unit.get() - value) > ROUNDED * value) {
                throw new IllegalArgumentException("'" + key + "' is " + value + " and another unit of depth is "
                        + unit.get() + ": keep one of " + UNITS);
            }
            unit = Optional.of(value);
        }
        return unit;
    }

    /** Distortion of its lens; empty for a pinhole. */
    public Optional<Distortion> distortion() {
        return new LensFields(this).distortion();
    }

    /** Size of the image that the intrinsics are for; empty when it is not given. */
    public Optional<ImageSize> size() {
        if (find("w").isEmpty() && find("h").isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ImageSize(side("w"), side("h")));
    }

    private int side(String key) {
        double pixels = required(key, "");
        if (pixels != Math.rint(pixels) || Math.abs(pixels) > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("'" + key + "' is " + pixels + ", expected a whole number of pixels");
        }
        return (int) pixels;
    }

    /** Whether its camera can be told without a look at its image. */
    public boolean givesPixels() {
        return find("fl_x").isPresent();
    }

    /**
     * Focal lengths and principal point: in pixels, or by the angles of NeRF's form, whose camera looks through the image's
     * middle.
     *
     * @param size of the image that they are for
     */
    public Intrinsics intrinsics(ImageSize size) {
        if (!givesPixels()) {
            double angle = number("camera_angle_x")
                    .orElseThrow(
                            () -> new IllegalArgumentException("it needs numbers 'fl_x', 'fl_y', 'cx' and 'cy', in the"
                                    + " frame or for the whole scene, or 'camera_angle_x'"));
            double focal = size.width() / (2 * Math.tan(angle / 2));
            return new Intrinsics(
                    focal,
                    number("camera_angle_y")
                            .map(other -> size.height() / (2 * Math.tan(other / 2)))
                            .orElse(focal),
                    number("cx").orElse((size.width() - 1) / 2.0),
                    number("cy").orElse((size.height() - 1) / 2.0));
        }
        return intrinsics();
    }

    /** Focal lengths and principal point in pixels. */
    Intrinsics intrinsics() {
        String why = ", as 'fl_x' is given";
        return new Intrinsics(required("fl_x", ""), required("fl_y", why), required("cx", why), required("cy", why));
    }

    /**
     * Camera → world, 16 numbers, row-major, as they are written: OpenGL's axes. The last row may be left out.
     */
    public double[] pose() {
        JsonNode rows = entry.path("transform_matrix");
        if (rows.isMissingNode() || rows.isNull()) {
            throw new IllegalArgumentException(
                    "it has no pose; expected 'transform_matrix', camera to world, 3 or 4 rows of 4 numbers");
        }
        double[] pose = new double[SIDE * SIDE];
        pose[pose.length - 1] = 1;
        for (int i = 0; i < Math.clamp(SIDE * (long) rows.size(), pose.length - SIDE, pose.length); i++) {
            JsonNode row = rows.path(i / SIDE);
            JsonNode number = row.path(i % SIDE);
            if (!number.isNumber() || rows.size() > SIDE || row.size() != SIDE) {
                throw new IllegalArgumentException(
                        "'transform_matrix' must have 3 or 4 rows of 4 numbers, found " + rows);
            }
            pose[i] = number.asDouble();
            if (!Double.isFinite(pose[i])) {
                throw new IllegalArgumentException("the pose is not finite (" + number.asText() + " in row " + i / SIDE
                        + "); leave out frames that the tracker lost");
            }
        }
        return pose;
    }

    /** Whether the frame is marked as one that is not to be used. */
    public boolean isBad() {
        return entry.path("is_bad").asBoolean();
    }

    /** A path that the frame gives, with {@code /} between folders, however it was written; empty when it gives none. */
    public Optional<String> path(String key) {
        JsonNode value = entry.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw new IllegalArgumentException("'" + key + "' is " + value + ", expected a path");
        }
        return Optional.of(value.asText().replace('\\', '/'));
    }

    /** The path of its depth image, by either of its names. */
    public Optional<String> depthPath() {
        Optional<String> one = path("depth_file_path");
        Optional<String> other = path("depth_path");
        if (one.isPresent() && other.isPresent() && !one.equals(other)) {
            throw new IllegalArgumentException(
                    "'depth_file_path' is '" + one.get() + "' and 'depth_path' is '" + other.get() + "': keep one");
        }
        return one.or(() -> other);
    }
}
