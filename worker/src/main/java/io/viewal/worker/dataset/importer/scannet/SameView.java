package io.viewal.worker.dataset.importer.scannet;

import io.viewal.worker.dataset.importer.source.SourceFault;
import java.util.stream.Stream;

/** ScanNet's colour is not registered to its depth, but shows the same field of view at another size. */
final class SameView {

    /** Differences between the two cameras up to this share of the image are the published scans' own. */
    private static final double TOLERANCE = 0.03;

    private SameView() {}

    /**
     * Fails when the two cameras show different fields of view.
     *
     * @param file that describes them
     */
    static void require(Object file, SensHeader.Camera color, SensHeader.Camera depth) {
        var c = color.intrinsics()
                .scaled(1.0 / color.size().width(), 1.0 / color.size().height());
        var d = depth.intrinsics()
                .scaled(1.0 / depth.size().width(), 1.0 / depth.size().height());
        double difference = Stream.of(c.fx() - d.fx(), c.fy() - d.fy(), c.cx() - d.cx(), c.cy() - d.cy())
                .mapToDouble(Math::abs)
                .max()
                .orElseThrow();
        if (difference > TOLERANCE) {
            throw SourceFault.invalid(
                    file,
                    "its colour camera (" + color.intrinsics() + " at " + color.size()
                            + ") and its depth camera (" + depth.intrinsics() + " at " + depth.size()
                            + ") do not show the same field of view: register depth to colour first");
        }
    }
}
