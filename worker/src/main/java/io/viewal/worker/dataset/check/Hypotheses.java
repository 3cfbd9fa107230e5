package io.viewal.worker.dataset.check;

import io.viewal.worker.dataset.CameraPose;
import io.viewal.worker.dataset.Intrinsics;
import io.viewal.worker.dataset.interchange.AxisDepth;
import io.viewal.worker.dataset.interchange.CameraAxes;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** The faults that are looked for. */
final class Hypotheses {

    /** Units that depth comes in, against metres: mm, cm, Matterport3D's 0.25 mm, TUM's 0.2 mm, feet, inches. */
    private static final double[] SCALES = {
        1e6,
        1e-6,
        1e5,
        1e-5,
        1e4,
        1e-4,
        1000,
        0.001,
        100,
        0.01,
        10,
        0.1,
        5,
        0.2,
        4,
        0.25,
        2,
        0.5,
        0.3048,
        1 / 0.3048,
        0.0254,
        1 / 0.0254
    };

    /** Image sizes that a calibration may be for, against the right one; ScanNet's two cameras differ by 2.025. */
    private static final double[] SIZES = {2, 0.5, 4, 0.25, 3, 1.0 / 3, 1.5, 1 / 1.5};

    private static final int[] OFFSETS = {1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6, 7, -7, 8, -8};

    private static final int DIGITS = 4;

    private Hypotheses() {}

    /** All of them but for depth scales between the usual ones. */
    static List<Hypothesis> all() {
        List<Hypothesis> all = new ArrayList<>();
        for (double scale : SCALES) {
            all.add(depthScale(scale));
        }
        all.addAll(poses());
        all.add(rayDepth());
        all.addAll(intrinsics());
        all.addAll(ImageTurns.all());
        for (int offset : OFFSETS) {
            all.add(timeOffset(offset));
            all.add(offset("depth image", offset, (view, other) -> view.with(other.depth())));
            all.add(offset("colour image", offset, (view, other) -> view.with(other.grey())));
        }
        return all;
    }

    /** Depth times a factor gives metres. */
    static Hypothesis depthScale(double factor) {
        String times = factor >= 1 ? number(factor) + " times too small" : number(1 / factor) + " times too large";
        return new Hypothesis(
                Fault.DEPTH_SCALE,
                "depth is " + times + " for the poses",
                "multiply depth_unit_scale_factor in transforms.json by " + number(factor)
                        + " (or the translations of transform_matrix by " + number(1 / factor) + ")",
                each(view -> view.scaled(factor)));
    }

    /** The ways of writing a pose that are not this form's; all matrices here are camera → world with OpenCV's axes. */
    private static List<Hypothesis> poses() {
        return List.of(
                new Hypothesis(
                        Fault.CAMERA_AXES,
                        "transform_matrix has OpenCV's camera axes (y down, z forward), expected OpenGL's",
                        "negate the 2nd and 3rd column of each transform_matrix",
                        each(view -> view.with(new CameraPose(
                                CameraAxes.flip(view.frame().pose().matrix()))))),
                new Hypothesis(
                        Fault.POSE_INVERTED,
                        "transform_matrix leads from world to camera, expected camera to world",
                        "write the inverse of each transform_matrix",
                        // What was read is M · F; the pose is M⁻¹ · F, and (M · F)⁻¹ · F differs by the world's axes
                        // alone.
                        each(view -> view.with(new CameraPose(
                                CameraAxes.flip(inverse(view.frame().pose().matrix())))))),
                new Hypothesis(
                        Fault.POSE_INVERTED,
                        "transform_matrix leads from world to camera and has OpenCV's axes, as COLMAP's poses do;"
                                + " expected camera to world with OpenGL's",
                        "write the inverse of each transform_matrix with its 2nd and 3rd column negated",
                        each(view -> view.with(
                                new CameraPose(inverse(view.frame().pose().matrix()))))));
    }

    private static Hypothesis rayDepth() {
        return new Hypothesis(
                Fault.RAY_DEPTH,
                "depth is the distance along the ray, expected along the camera's axis",
                "write \"depth_kind\": \"ray\" into transforms.json",
                each(view -> view.with(AxisDepth.ofRays(
                        view.depth(), view.frame().intrinsics(), view.size().width()))));
    }

    private static List<Hypothesis> intrinsics() {
        List<Hypothesis> all = new ArrayList<>();
        all.add(new Hypothesis(
                Fault.INTRINSICS_SWAPPED,
                "x and y are swapped in the intrinsics",
                "swap fl_x with fl_y, and cx with cy",
                each(view -> view.with(swapped(view.frame().intrinsics(), true)))));
        all.add(new Hypothesis(
                Fault.INTRINSICS_SWAPPED,
                "cx and cy are swapped",
                "swap cx with cy",
                each(view -> view.with(swapped(view.frame().intrinsics(), false)))));
        for (double size : SIZES) {
            all.add(new Hypothesis(
                    Fault.INTRINSICS_SIZE,
                    "the intrinsics are for an image " + number(1 / size) + " times as large",
                    "multiply fl_x, fl_y, cx and cy by " + number(size)
                            + ", or set w and h to the size that the camera was calibrated at",
                    each(view -> view.with(view.frame().intrinsics().scaled(size, size)))));
        }
        return all;
    }

    private static Hypothesis timeOffset(int offset) {
        String frames = frames(offset);
        String when = offset > 0 ? "later" : "earlier";
        return new Hypothesis(
                Fault.TIME_OFFSET,
                "each image has the pose of the image " + frames + " " + (offset > 0 ? "earlier" : "later"),
                "give each frame the transform_matrix of the frame that is " + frames + " " + when,
                views -> shifted(
                        views, offset, (view, other) -> view.with(other.frame().pose())));
    }

    /** One kind of images alone belongs to another frame. */
    private static Hypothesis offset(String what, int offset, BinaryOperator<View> change) {
        String where = Math.abs(offset)
                + (Math.abs(offset) == 1 ? " frame " : " frames ")
                + (offset > 0 ? "later" : "earlier");
        return new Hypothesis(
                Fault.TIME_OFFSET,
                "each frame's " + what + " is to be found " + where,
                "give each frame the " + what + " of the frame that is " + where,
                views -> shifted(views, offset, change));
    }

    private static String frames(int offset) {
        return Math.abs(offset) == 1 ? "one frame" : Math.abs(offset) + " frames";
    }

    private static List<View> shifted(List<View> views, int offset, BinaryOperator<View> change) {
        Map<Integer, View> byIndex = new HashMap<>();
        views.forEach(view -> byIndex.put(view.index(), view));
        return views.stream()
                .filter(view -> byIndex.containsKey(view.index() + offset))
                .map(view -> change.apply(view, byIndex.get(view.index() + offset)))
                .toList();
    }

    private static UnaryOperator<List<View>> each(UnaryOperator<View> change) {
        return views -> views.stream().map(change).toList();
    }

    /** Images are brought to the working size by different factors along x and y; their pixels were square before. */
    private static Intrinsics swapped(Intrinsics k, boolean focal) {
        double aspect = k.fx() / k.fy();
        double stretch = Math.abs(Math.log(aspect)) < 0.1 ? 1 : aspect;
        return new Intrinsics(
                focal ? k.fy() * stretch : k.fx(),
                focal ? k.fx() / stretch : k.fy(),
                k.cy() * stretch,
                k.cx() / stretch);
    }

    /** Of a rotation and a translation. */
    private static double[] inverse(double[] m) {
        double[] inverse = new double[16];
        for (int r = 0; r < 3; r++) {
            for (int c = 0; c < 3; c++) {
                inverse[4 * r + c] = m[4 * c + r];
            }
            inverse[4 * r + 3] = -(m[r] * m[3] + m[4 + r] * m[7] + m[8 + r] * m[11]);
        }
        inverse[15] = 1;
        return inverse;
    }

    /** Four digits at most, without an exponent. */
    private static String number(double value) {
        return new BigDecimal(value)
                .round(new MathContext(DIGITS))
                .stripTrailingZeros()
                .toPlainString();
    }
}
