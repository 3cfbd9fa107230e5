package io.viewal.worker.kernel;

import java.util.List;

/**
 * {@link ScalarProjection} with the vector unit: it finds the same hits. Points that surely miss the target are left out
 * first, without a division; of the others, single precision decides wherever its error can't matter, double precision
 * the rest.
 *
 * <p>Each loop over vectors is one method, since a helper with vectors as arguments puts them on the heap where it is not
 * inlined.
 */
public final class VectorProjection implements Projection {

    @Override
    public void project(FramePair pair, List<PixelBlock> source, Hits hits) {
        boolean common = pair.rule().requireInFront() && pair.rule().requireDepth();
        Borders borders = common ? Borders.of(pair) : null;
        SinglePrecision single = common && SinglePrecision.suits(pair) ? SinglePrecision.of(pair) : null;
        Candidates candidates = hits.candidates();
        for (PixelBlock block : source) {
            block.requireIn(pair.width(), pair.height());
            if (!candidates.fit(block.size())) {
                test(pair, single, candidates, hits);
                candidates.clear(block.size());
            }
            if (borders == null) {
                candidates.addAll(pair, block);
            } else {
                candidates.addInside(pair, borders, block);
            }
        }
        test(pair, single, candidates, hits);
        candidates.clear(0);
    }

    /** Appends the candidates that hit. */
    private static void test(FramePair pair, SinglePrecision single, Candidates candidates, Hits hits) {
        candidates.pad();
        hits.reserve(candidates.count() + Candidates.LANES);
        int tested = 0;
        int found = hits.count();
        if (single != null) {
            tested = candidates.count() / Candidates.LANES * Candidates.LANES;
            found = single.append(candidates, tested, hits);
        }
        hits.count(DoublePrecision.append(pair, candidates, tested, candidates.count(), hits, found));
    }
}
