package io.viewal.worker.dataset.check;

import io.viewal.worker.dataset.CameraPose;
import io.viewal.worker.dataset.Frame;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Intrinsics;

/**
 * A frame as the check sees it: small and grey. The arrays are shared between views and never changed.
 *
 * @param index of the frame in its scene
 * @param frame name and camera at {@code size}
 * @param depth float32 [height, width]; 0 = unknown
 * @param scale metres a unit of {@code depth}; 1 unless a hypothesis says otherwise
 * @param grey uint8 [height, width]
 */
record View(int index, Frame frame, ImageSize size, float[] depth, double scale, byte[] grey) {

    View with(CameraPose pose) {
        return new View(index, new Frame(frame.name(), frame.intrinsics(), pose), size, depth, scale, grey);
    }

    View with(Intrinsics intrinsics) {
        return new View(index, new Frame(frame.name(), intrinsics, frame.pose()), size, depth, scale, grey);
    }

    View scaled(double factor) {
        return new View(index, frame, size, depth, scale * factor, grey);
    }

    View with(float[] otherDepth) {
        return new View(index, frame, size, otherDepth, scale, grey);
    }

    View with(byte[] otherGrey) {
        return new View(index, frame, size, depth, scale, otherGrey);
    }

    /** Distance to another camera's centre, in the unit of the poses. */
    double distance(View other) {
        double[] a = frame.pose().matrix();
        double[] b = other.frame.pose().matrix();
        return Math.sqrt(square(a[3] - b[3]) + square(a[7] - b[7]) + square(a[11] - b[11]));
    }

    private static double square(double value) {
        return value * value;
    }
}
