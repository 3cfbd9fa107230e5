package io.viewal.worker.oracle;

import io.viewal.worker.artifact.Effort;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.VoidLabel;
import io.viewal.worker.dataset.opencv.Outlines;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an answer costs whoever labels, in clicks and in seconds: the only place where either is known. It is a model made
 * of published measurements of other people's work, and good for comparing rounds and strategies with each other.
 *
 * <p><b>Clicks.</b> Naming the class of a region that is shown is one click. Exact labels are drawn as polygons, one for
 * each connected area of one class, and a polygon costs a click a corner, which is how published work on realistic costs
 * counts (Mackowiak et al., CEREALS, BMVC 2018; Cai et al., Revisiting Superpixels for Active Learning in Semantic
 * Segmentation with Realistic Annotation Costs, CVPR 2021). Corners are those that Douglas and Peucker's method leaves of
 * the area's outline within the region or the frame at a tolerance of {@value #TOLERANCE} pixel, {@value
 * Outlines#FEWEST_CORNERS} at least. Polygons lie on top of each other as in LabelMe and Cityscapes, so that a hole is not
 * drawn; two areas side by side are each drawn whole. Void is not drawn. Choosing the class of a polygon, looking for the
 * region and correcting mistakes are not counted.
 *
 * <p><b>Seconds.</b> A click that names what is there takes {@value #SECONDS_TO_NAME} s, the median time to the first click
 * on a class in an image (Bearman et al., What's the Point: Semantic Segmentation with Point Supervision, ECCV 2016). A corner takes {@value #SECONDS_A_CORNER} s: four clicks on an object's
 * outline took 7.0 s (Papadopoulos et al., Extreme Clicking for Efficient Object Annotation, ICCV 2017). By it the 54 to
 * 79 s that Bearman et al. report for the outline of an object are those of 31 to 45 corners.
 */
public final class AnnotationCost {

    /** In pixels. */
    static final double TOLERANCE = 1;

    static final double SECONDS_TO_NAME = 2.4;

    static final double SECONDS_A_CORNER = 1.75;

    private AnnotationCost() {}

    /** Naming the classes of so many regions, each by a click. */
    public static Effort naming(int regions) {
        return new Effort(regions, regions * SECONDS_TO_NAME);
    }

    /**
     * Drawing the labels of some pixels exactly.
     *
     * @param labels of the frame: uint8 [height, width], 255 for void
     * @param pixels to label, by index in row order
     */
    public static Effort drawing(byte[] labels, BitSet pixels, ImageSize size) {
        Map<Byte, BitSet> areas = new TreeMap<>();
        pixels.stream()
                .filter(pixel -> labels[pixel] != (byte) VoidLabel.ID)
                .forEach(pixel -> areas.computeIfAbsent(labels[pixel], label -> new BitSet())
                        .set(pixel));
        long corners = areas.values().stream()
                .mapToLong(area -> Outlines.corners(area, size, TOLERANCE))
                .sum();
        return new Effort(corners, corners * SECONDS_A_CORNER);
    }
}
