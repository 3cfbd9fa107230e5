package io.viewal.worker.dataset.prepare;

import io.viewal.contract.PrepareParameters.SeedSet;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.DatasetManifest.FrameRef;
import io.viewal.worker.dataset.NameOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Draws the frames that are labeled before the first round, spread over the scenes. */
final class SeedFrames {

    private SeedFrames() {}

    /**
     * Draws frames: first one of each scene, then a second one, and so on.
     *
     * @param labeled the frames that have labels, by scene
     * @return in scene and frame order; none when no frame has labels, as people are asked in the first round then
     * @throws InvalidInputException when there are fewer labeled frames than asked for
     */
    static List<FrameRef> draw(Map<String, List<String>> labeled, SeedSet seedSet) {
        int available = labeled.values().stream().mapToInt(List::size).sum();
        int count =
                seedSet.frames() > 0 ? seedSet.frames() : (int) Math.max(1, Math.round(available * seedSet.fraction()));
        if (available == 0) {
            return List.of();
        }
        if (count > available) {
            throw new InvalidInputException(
                    Reason.InvalidDataset,
                    "The seed set asks for " + count + " frames, but the train split has " + available
                            + " with labels: lower seedSet.frames");
        }
        Random random = new Random(seedSet.seed());
        List<List<FrameRef>> shuffled = new ArrayList<>();
        new TreeMap<>(labeled).forEach((scene, frames) -> {
            List<FrameRef> own = new ArrayList<>();
            frames.forEach(frame -> own.add(new FrameRef(scene, frame)));
            Collections.shuffle(own, random);
            shuffled.add(own);
        });
        Collections.shuffle(shuffled, random);
        List<FrameRef> drawn = new ArrayList<>();
        for (int turn = 0; drawn.size() < count; turn++) {
            for (List<FrameRef> scene : shuffled) {
                if (turn < scene.size() && drawn.size() < count) {
                    drawn.add(scene.get(turn));
                }
            }
        }
        drawn.sort(Comparator.comparing(FrameRef::scene).thenComparing(FrameRef::frame, NameOrder.BY_NUMBER));
        return drawn;
    }
}
