package io.viewal.worker.acquisition;

/**
 * A strategy that labels pixels by itself. Its labels train the next round where nobody was asked; they count for
 * nothing else, and each round replaces those of the round before.
 */
public interface PseudoLabeling extends AcquisitionStrategy {

    /** Labels of a frame, should nobody be asked about it: uint8 [height, width], 255 where there is none. */
    byte[] pseudoLabels(FrameView view);
}
