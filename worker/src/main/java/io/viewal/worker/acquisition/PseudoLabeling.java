package io.viewal.worker.acquisition;

/**
 * A strategy that labels pixels by itself. Its labels train the next round at the pixels that nobody was asked about, in
 * frames with labeled regions too; they count for nothing else, and each round replaces those of the round before.
 */
public interface PseudoLabeling extends AcquisitionStrategy {

    /** Labels of a frame, for the pixels that nobody is asked about: uint8 [height, width], 255 where there is none. */
    byte[] pseudoLabels(FrameView view);
}
