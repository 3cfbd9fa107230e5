package io.viewal.worker.kernel;

import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Points that may land in a target, found by a cheap test. */
final class Candidates {

    /** A place is {@code row << ROW_SHIFT | column}. */
    static final int ROW_SHIFT = 16;

    static final int COLUMN = (1 << ROW_SHIFT) - 1;

    /** Few enough for the first-level cache. */
    private static final int CAPACITY = 3072;

    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> I = IntVector.SPECIES_PREFERRED;

    /** Of a vector; {@link #pad} fills the last one. */
    static final int LANES = F.length();

    private int[] places = new int[CAPACITY];
    private float[] depths = new float[CAPACITY];
    private int count;

    int count() {
        return count;
    }

    int[] places() {
        return places;
    }

    float[] depths() {
        return depths;
    }

    /** Whether so many more fit. */
    boolean fit(int more) {
        return count + more + LANES <= places.length;
    }

    /** Forgets all, and makes room for so many. */
    void clear(int room) {
        count = 0;
        if (!fit(room)) {
            places = new int[room + LANES];
            depths = new float[room + LANES];
        }
    }

    /** Fills the last vector with points that land nowhere. */
    void pad() {
        Arrays.fill(depths, count, count + LANES, Float.NaN);
    }

    /** Adds all points of a block, without those of unknown depth if the rule says so. */
    void addAll(FramePair pair, PixelBlock block) {
        for (int y = block.fromRow(); y < block.toRow(); y++) {
            long first = (long) y * pair.width();
            for (int x = block.fromColumn(); x < block.toColumn(); x++) {
                float d = pair.sourceDepth().getAtIndex(ValueLayout.JAVA_FLOAT, first + x);
                if (d > 0 || !pair.rule().requireDepth()) {
                    places[count] = y << ROW_SHIFT | x;
                    depths[count++] = d;
                }
            }
        }
    }

    /** Adds the points of a block that may land inside the borders. */
    void addInside(FramePair pair, Borders borders, PixelBlock block) {
        count = addInside(pair, borders, block, count);
    }

    private int addInside(FramePair pair, Borders borders, PixelBlock block, int start) {
        float[] a = borders.a();
        float[] b = borders.b();
        float[] c = borders.c();
        float[] e = borders.e();
        FloatVector ramp = FloatVector.broadcast(F, 0).addIndex(1);
        IntVector ids = IntVector.broadcast(I, 0).addIndex(1);
        FloatVector a0 = FloatVector.broadcast(F, a[0]);
        FloatVector a1 = FloatVector.broadcast(F, a[1]);
        FloatVector a2 = FloatVector.broadcast(F, a[2]);
        FloatVector a3 = FloatVector.broadcast(F, a[3]);
        FloatVector e0 = FloatVector.broadcast(F, e[0]);
        FloatVector e1 = FloatVector.broadcast(F, e[1]);
        FloatVector e2 = FloatVector.broadcast(F, e[2]);
        FloatVector e3 = FloatVector.broadcast(F, e[3]);
        int to = block.toColumn();
        int found = start;
        for (int y = block.fromRow(); y < block.toRow(); y++) {
            long first = (long) y * pair.width() * Float.BYTES;
            FloatVector c0 = FloatVector.broadcast(F, b[0] * y + c[0]);
            FloatVector c1 = FloatVector.broadcast(F, b[1] * y + c[1]);
            FloatVector c2 = FloatVector.broadcast(F, b[2] * y + c[2]);
            FloatVector c3 = FloatVector.broadcast(F, b[3] * y + c[3]);
            for (int i = block.fromColumn(); i < to; i += LANES) {
                // What is beyond the block is read as unknown depth.
                FloatVector d = i + LANES <= to
                        ? FloatVector.fromMemorySegment(F, pair.sourceDepth(), first + (long) i * Float.BYTES, ORDER)
                        : FloatVector.fromMemorySegment(
                                F, pair.sourceDepth(), first + (long) i * Float.BYTES, ORDER, F.indexInRange(i, to));
                FloatVector x = ramp.add(i);
                // All are from 0 when no sign bit is set; a minimum would take several instructions.
                IntVector signs = x.fma(a0, c0)
                        .fma(d, e0)
                        .reinterpretAsInts()
                        .or(x.fma(a1, c1).fma(d, e1).reinterpretAsInts())
                        .or(x.fma(a2, c2).fma(d, e2).reinterpretAsInts())
                        .or(x.fma(a3, c3).fma(d, e3).reinterpretAsInts());
                VectorMask<Float> inside =
                        signs.compare(VectorOperators.GE, 0).cast(F).and(d.compare(VectorOperators.GT, 0));
                ids.add(y << ROW_SHIFT | i).compress(inside.cast(I)).intoArray(places, found);
                d.compress(inside).intoArray(depths, found);
                found += inside.trueCount();
            }
        }
        return found;
    }
}
