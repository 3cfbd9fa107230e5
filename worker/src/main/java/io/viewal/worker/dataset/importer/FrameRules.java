package io.viewal.worker.dataset.importer;

import io.viewal.contract.StageFailure;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.SafeName;
import io.viewal.worker.dataset.VoidLabel;
import io.viewal.worker.dataset.importer.source.ForeignFrame;
import io.viewal.worker.dataset.importer.source.SceneTraits;
import io.viewal.worker.dataset.interchange.CameraAxes;
import io.viewal.worker.dataset.interchange.IntegerImage;
import io.viewal.worker.dataset.interchange.TransformsWriter;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** What every frame must obey, whatever layout it comes from. One scene's rules, for one thread. */
final class FrameRules {

    /** Sensors round their sizes: 1296 × 968 colour goes with 640 × 480 depth. */
    private static final double ASPECT_TOLERANCE = 0.01;

    private final Set<String> names = new HashSet<>();

    /**
     * Checks name and pose.
     *
     * @throws InvalidInputException when a rule is broken
     */
    void require(ForeignFrame.Posed frame) {
        if (!SafeName.isSafe(frame.name())) {
            throw invalid("its name '" + frame.name()
                    + "' can't name a file: letters, digits and . _ - alone, starting with a letter or digit");
        }
        if (!names.add(frame.name())) {
            throw invalid("two frames have this name");
        }
        if (!Arrays.stream(frame.pose()).allMatch(Double::isFinite)) {
            throw invalid("the pose is not finite: " + Arrays.toString(frame.pose()));
        }
        if (!CameraAxes.isRigid(frame.pose())) {
            throw invalid("the pose is not a rotation and a translation (scaled, mirrored or transposed): "
                    + Arrays.toString(frame.pose()));
        }
    }

    /**
     * Checks images against each other and against the class list; needs no state.
     *
     * @param color size of the decoded colour image
     */
    static void require(TransformsWriter.Images images, ImageSize color, ImageSize camera, SceneTraits traits) {
        requireSameShape("the colour image", color, "the camera", camera);
        requireSameShape("the depth image", images.depth().size(), "the colour image", color);
        if (images.depth().bits() != 16) {
            throw invalid("depth has " + images.depth().bits() + " bits a pixel, expected 16");
        }
        if (images.labels() != null) {
            requireSameShape("the label map", images.labels().size(), "the colour image", color);
            requireKnown(images.labels(), traits.classes().size());
        }
        if (images.superpixels() != null) {
            requireSameShape("the superpixel map", images.superpixels().size(), "the colour image", color);
        }
    }

    private static void requireSameShape(String what, ImageSize size, String other, ImageSize expected) {
        double ratio = (double) size.width() * expected.height() / ((double) size.height() * expected.width());
        if (Math.abs(ratio - 1) > ASPECT_TOLERANCE) {
            throw invalid(what + " is " + size + " pixels, " + other + " " + expected
                    + ": the shapes differ; both must show the same field of view");
        }
    }

    /** Ids of a layout that names no classes are judged when the scene is prepared. */
    private static void requireKnown(IntegerImage labels, int classes) {
        if (classes == 0) {
            return;
        }
        for (char id : labels.values()) {
            if (id >= classes && id != VoidLabel.ID) {
                throw new InvalidInputException(
                        StageFailure.Reason.InvalidLabels,
                        "label id " + (int) id + " is outside the class list of " + classes + " classes");
            }
        }
    }

    private static InvalidInputException invalid(String problem) {
        return new InvalidInputException(StageFailure.Reason.InvalidDataset, problem);
    }
}
