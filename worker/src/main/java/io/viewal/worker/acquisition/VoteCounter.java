package io.viewal.worker.acquisition;

import java.util.Arrays;

/** Counts which class each dropout pass finds most probable at the pixels of a frame. */
public final class VoteCounter {

    private static final double FLOOR = 1e-12;
    private static final double LOG2 = Math.log(2);

    private final int classes;
    private final int pixels;
    private final int[] votes;
    private int passes;

    public VoteCounter(int classes, int pixels) {
        this.classes = classes;
        this.pixels = pixels;
        this.votes = new int[pixels * classes];
    }

    /** Forgets all votes, for the next frame. */
    public void clear() {
        Arrays.fill(votes, 0);
        passes = 0;
    }

    /**
     * Counts a pass; the lower class id wins a tie.
     *
     * @param probabilities float32 [classes, height, width]
     */
    public void add(float[] probabilities) {
        for (int pixel = 0; pixel < pixels; pixel++) {
            int winner = 0;
            for (int c = 1; c < classes; c++) {
                if (probabilities[c * pixels + pixel] > probabilities[winner * pixels + pixel]) {
                    winner = c;
                }
            }
            votes[pixel * classes + winner]++;
        }
        passes++;
    }

    /**
     * Counts a pass by its votes.
     *
     * @param winners uint8 [height, width], class ids below the number of classes
     */
    public void addVotes(byte[] winners) {
        for (int pixel = 0; pixel < pixels; pixel++) {
            votes[pixel * classes + (winners[pixel] & 0xff)]++;
        }
        passes++;
    }

    /**
     * Hard vote entropy, {@code −Σ v log₂(v + 1e−12)} over the share v of the passes that voted for each class: float32
     * [height, width], bits.
     */
    public float[] entropy() {
        float[] entropy = new float[pixels];
        for (int pixel = 0; pixel < pixels; pixel++) {
            double h = 0;
            for (int c = 0; c < classes; c++) {
                double share = (double) votes[pixel * classes + c] / passes;
                h -= share * Math.log(share + FLOOR);
            }
            // A single class leaves a rounding error below zero.
            entropy[pixel] = (float) Math.max(0, h / LOG2);
        }
        return entropy;
    }
}
