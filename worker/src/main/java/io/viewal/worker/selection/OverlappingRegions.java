package io.viewal.worker.selection;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the candidates that overlap with a candidate, itself among them; whole frames and windows overlap with none. */
final class OverlappingRegions {

    private final Choices choices;
    private final boolean bothDirections;
    private final Map<Integer, int[][]> neighbours = new HashMap<>();
    private final Map<Long, Integer> byRegion = new HashMap<>();

    /**
     * @param bothDirections false finds only those whose points cover more than the threshold of the candidate
     */
    OverlappingRegions(Choices choices, boolean bothDirections) {
        this.choices = choices;
        this.bothDirections = bothDirections;
        List<Candidate> candidates = choices.candidates();
        for (int i = 0; i < candidates.size(); i++) {
            byRegion.put(key(candidates.get(i).scene(), candidates.get(i).region()), i);
        }
    }

    List<Integer> of(int candidate) {
        List<Integer> found = new ArrayList<>();
        if (!choices.overlaps().isEmpty()) {
            Candidate own = choices.candidates().get(candidate);
            for (int region : neighbours.computeIfAbsent(own.scene(), this::scene)[own.region()]) {
                Integer other = byRegion.get(key(own.scene(), region));
                if (other != null) {
                    found.add(other);
                }
            }
        }
        return found;
    }

    private int[][] scene(int scene) {
        double threshold = choices.options().overlapThreshold();
        OverlapIndex index = choices.overlaps().get(scene);
        return bothDirections ? index.neighbours(threshold) : index.covering(threshold);
    }

    private static long key(int scene, int region) {
        return (long) scene << 32 | region;
    }
}
