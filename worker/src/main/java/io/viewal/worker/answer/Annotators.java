package io.viewal.worker.answer;

import io.viewal.worker.artifact.Effort;
import io.viewal.worker.artifact.GreyPng;
import io.viewal.worker.artifact.RegionNamesCsv;
import io.viewal.worker.artifact.SelectionCsv;
import io.viewal.worker.dataset.Region;
import io.viewal.worker.dataset.VoidLabel;
import io.viewal.worker.oracle.Oracle;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The oracle that answers as people did. */
public final class Annotators implements Oracle {

    private final Answers answers;
    private final List<String> classes;
    private final Map<RegionNamesCsv.Row, String> digests = new HashMap<>();

    /**
     * @param answers to the regions that are asked about; each has one
     * @param classes names in id order
     */
    public Annotators(Asked asked, Answers answers, List<String> classes) {
        this.answers = answers;
        this.classes = classes;
        asked.regions().forEach((digest, row) -> digests.put(name(row), digest));
    }

    private static RegionNamesCsv.Row name(SelectionCsv.Row row) {
        return new RegionNamesCsv.Row(row.scene(), row.frame(), row.region());
    }

    @Override
    public Optional<Effort> label(View view, Region region, BitSet pixels, byte[] labels) {
        String digest = digests.get(
                new RegionNamesCsv.Row(view.frame().scene(), view.frame().frame(), region));
        Answer answer = answers.of(digest).orElseThrow();
        boolean labeled = switch (answer.given()) {
            case Given.OneClass one -> fill(pixels, labels, (byte) classes.indexOf(one.label()));
            case Given.Painted painted ->
                copy(pixels, labels, GreyPng.decode(painted.png(), view.size(), "The mask of " + answer.id()));
            case Given.Skipped skipped -> false;
            case Given.Withdrawn withdrawn -> false;
        };
        return labeled ? Optional.of(answers.effort(digest)) : Optional.empty();
    }

    private static boolean fill(BitSet pixels, byte[] labels, byte label) {
        pixels.stream().forEach(pixel -> labels[pixel] = label);
        return true;
    }

    private static boolean copy(BitSet pixels, byte[] labels, byte[] mask) {
        pixels.stream().forEach(pixel -> labels[pixel] = mask[pixel]);
        return pixels.isEmpty() || pixels.stream().anyMatch(pixel -> mask[pixel] != (byte) VoidLabel.ID);
    }
}
