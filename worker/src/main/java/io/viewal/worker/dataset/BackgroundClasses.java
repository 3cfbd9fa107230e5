package io.viewal.worker.dataset;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The classes that most of a room is made of, and that need the fewest labels: those named wall, floor or ceiling. */
public final class BackgroundClasses {

    private static final Set<String> NAMES = Set.of("wall", "floor", "ceiling");

    private BackgroundClasses() {}

    /** Their ids; empty when there is none. */
    public static BitSet of(List<String> classes) {
        BitSet ids = new BitSet();
        for (int id = 0; id < classes.size(); id++) {
            ids.set(id, NAMES.contains(classes.get(id).toLowerCase(Locale.ROOT)));
        }
        return ids;
    }
}
