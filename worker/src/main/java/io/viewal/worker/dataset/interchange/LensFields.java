package io.viewal.worker.dataset.interchange;

import com.fasterxml.jackson.databind.JsonNode;
import io.viewal.worker.dataset.Distortion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which lens the fields of a {@code transforms.json} speak of: {@code camera_model} or {@code is_fisheye}, and its numbers
 * one by one or in {@code distortion_params}.
 */
final class LensFields {

    private static final Set<String> PERSPECTIVE =
            Set.of("PINHOLE", "SIMPLE_PINHOLE", "perspective", "OPENCV", "RADIAL", "SIMPLE_RADIAL");
    private static final Set<String> FISHEYE = Set.of("OPENCV_FISHEYE", "FISHEYE", "fisheye");

    /** In nerfstudio's order, which is not OpenCV's. */
    private static final List<String> LIST = List.of("k1", "k2", "k3", "k4", "p1", "p2");

    /** OpenCV's rational lens, which nobody is known to write in this form. */
    private static final List<String> UNKNOWN = List.of("k5", "k6");

    private final FrameFields fields;

    LensFields(FrameFields fields) {
        this.fields = fields;
    }

    /**
     * The distortion of a frame's lens; empty for a pinhole.
     *
     * @throws IllegalArgumentException when the lens is not known, or two fields contradict each other
     */
    Optional<Distortion> distortion() {
        boolean fisheye = fisheye();
        double k1 = number("k1");
        double k2 = number("k2");
        double k3 = number("k3");
        double k4 = number("k4");
        double p1 = number("p1");
        double p2 = number("p2");
        for (String key : UNKNOWN) {
            requireNone(key, number(key), "");
        }
        if (fisheye) {
            requireNone("p1", p1, " of a fisheye lens");
            requireNone("p2", p2, " of a fisheye lens");
            return Optional.of(Distortion.fisheye(k1, k2, k3, k4));
        }
        requireNone("k4", k4, " of a lens that is no fisheye");
        return Distortion.brown(k1, k2, p1, p2, k3);
    }

    private static void requireNone(String key, double value, String lens) {
        if (value != 0) {
            throw new IllegalArgumentException("the lens distortion '" + key + "'" + lens + " is " + value
                    + ", which is not known; undistort the images first");
        }
    }

    private boolean fisheye() {
        String model = fields.find("camera_model").map(JsonNode::asText).orElse(null);
        if (model != null && !PERSPECTIVE.contains(model) && !FISHEYE.contains(model)) {
            throw new IllegalArgumentException(
                    "'camera_model' is '" + model + "', which is not known: expected one of PINHOLE, "
                            + "SIMPLE_RADIAL, RADIAL, OPENCV and OPENCV_FISHEYE; undistort the images first");
        }
        boolean named = model != null && FISHEYE.contains(model);
        Optional<JsonNode> flag = fields.find("is_fisheye");
        if (flag.isPresent() && !flag.get().isBoolean()) {
            throw new IllegalArgumentException("'is_fisheye' is " + flag.get() + ", expected true or false");
        }
        if (flag.isPresent() && model != null && flag.get().asBoolean() != named) {
            throw new IllegalArgumentException(
                    "'is_fisheye' is " + flag.get() + " and 'camera_model' is '" + model + "': remove what is wrong");
        }
        return named || flag.isPresent() && flag.get().asBoolean();
    }

    /** By its own name or in the list; zero when neither has it. */
    private double number(String key) {
        Optional<Double> own = fields.number(key);
        List<Double> list = list();
        int place = LIST.indexOf(key);
        if (list.isEmpty() || place < 0) {
            return own.orElse(0.0);
        }
        double listed = list.get(place);
        if (own.isPresent() && own.get() != listed) {
            throw new IllegalArgumentException("'" + key + "' is " + own.get() + " and " + listed
                    + " in 'distortion_params': remove what is wrong");
        }
        return listed;
    }

    /** Empty when it is not given, or all zeros, whatever their order. */
    private List<Double> list() {
        JsonNode given = fields.find("distortion_params").orElse(null);
        if (given == null) {
            return List.of();
        }
        List<Double> numbers = new ArrayList<>();
        for (JsonNode number : given) {
            numbers.add(number.isNumber() ? number.asDouble() : Double.NaN);
        }
        boolean none = given.isArray() && numbers.stream().allMatch(number -> number == 0);
        if (!none && (numbers.size() != LIST.size() || !numbers.stream().allMatch(Double::isFinite))) {
            throw new IllegalArgumentException("'distortion_params' is " + given
                    + ", expected nerfstudio's six numbers, k1, k2, k3, k4, p1, p2; write each under its own name");
        }
        return none ? List.of() : numbers;
    }
}
