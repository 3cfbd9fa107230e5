package io.viewal.worker.kernel;

import java.lang.foreign.MemorySegment;

/**
 * View entropy and view divergence of the pixels of one frame, from the predictions that land on them.
 *
 * <p>With P the frame's own prediction at a pixel and P₁ … Pₙ the predictions of the points that hit it (its own among
 * them), Q = (P₁ + … + Pₙ) / n, view entropy is {@code −Σ Q log₂(Q + 1e−12)} and view divergence
 * {@code −Σ P · mean log₂((Pₖ + 1e−8) / (P + 1e−8))}, both in bits; both are 0 where nothing hits. Source: ViewAL,
 * section 3.2, equations 1 to 4, with the constants of its published code.
 */
public interface Consensus {

    double ENTROPY_FLOOR = 1e-12;
    double DIVERGENCE_FLOOR = 1e-8;

    /**
     * Scores the pixels {@code from} to {@code to − 1}.
     *
     * @param volume predictions of all frames: a row for each of frames · height · width pixels, and {@value
     *     ProbabilityLayout#MARGIN} bytes more
     * @param layout of the volume
     * @param own row in the volume of the pixel 0
     * @param start row offsets (CSR): where each pixel's hits begin in {@code hits}, and at the next pixel end
     * @param hits rows in the volume; quickest where a pixel that hits itself is the first of its hits
     * @param entropy overwritten: float32 [to − from], bits
     * @param divergence overwritten: float32 [to − from], bits
     */
    void score(
            MemorySegment volume,
            ProbabilityLayout layout,
            long own,
            int[] start,
            int[] hits,
            int from,
            int to,
            float[] entropy,
            float[] divergence);
}
