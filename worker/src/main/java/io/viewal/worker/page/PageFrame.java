package io.viewal.worker.page;

import io.viewal.worker.artifact.SelectionCsv;
import java.util.List;

/**
 * A chosen frame as the page shows it; all arrays are of the data set's working size.
 *
 * @param rgb uint8 [height, width, 3]
 * @param prediction uint8 [height, width], class ids
 * @param entropy view entropy: float32 [height, width], bits
 * @param divergence view divergence: float32 [height, width], bits
 * @param superpixels uint16 [height, width]
 * @param labels labels after the round: uint8 [height, width], 255 = none
 * @param propagated labels carried over from other views: uint8 [height, width], 255 = none
 * @param regions of this frame that were chosen, by rank
 */
public record PageFrame(
        String scene,
        String name,
        byte[] rgb,
        byte[] prediction,
        float[] entropy,
        float[] divergence,
        char[] superpixels,
        byte[] labels,
        byte[] propagated,
        List<SelectionCsv.Row> regions) {}
