package io.viewal.worker.stage;

import io.viewal.contract.Fact;
import io.viewal.contract.PrepareParameters;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.PreparedScene;
import io.viewal.worker.dataset.SourceFrame;
import io.viewal.worker.dataset.check.Fault;
import io.viewal.worker.dataset.check.SceneCheck;
import io.viewal.worker.dataset.check.SceneFinding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares the views of each prepared scene, so that wrong poses or scales end the preparation and not, unnoticed, in
 * labels. Scenes that few views overlap in are told of but never refused: every strategy works on them, though the
 * multi-view ones gain nothing. Rooms that the worker makes itself are not compared.
 */
final class Preflight {

    /** Facts are short: the number of findings that are told in full. */
    private static final int TOLD = 3;

    private final PrepareParameters.Preflight policy;
    private final List<Finding> findings = new ArrayList<>();

    /**
     * What was found in a scene.
     *
     * @param ok nothing is wrong
     * @param refused a data set with this scene is not ready, unless its policy is another
     */
    record Finding(boolean ok, boolean refused, String sentence) {

        private static Finding of(SceneFinding finding) {
            boolean refused = !finding.ok() && finding.fault() != Fault.TOO_FEW_OVERLAPS;
            return new Finding(finding.ok(), refused, finding.sentence());
        }
    }

    Preflight(PrepareParameters parameters) {
        boolean own = parameters.source().synthetic() != null;
        this.policy = own ? PrepareParameters.Preflight.Off : parameters.preflight();
    }

    /** Compares a scene's views; empty when they are not to be compared. */
    Optional<Finding> find(PreparedScene scene) throws IOException {
        if (policy == PrepareParameters.Preflight.Off) {
            return Optional.empty();
        }
        return Optional.of(Finding.of(SceneCheck.check(
                scene.name(),
                scene.frames().size(),
                scene.size(),
                i -> new SourceFrame(scene.frames().get(i), scene.color(i), scene.depth(i), null, null))));
    }

    /**
     * Takes note of what was found, now or when the scene was prepared for another data set.
     *
     * @throws InvalidInputException when the scene is refused and the policy is to fail
     */
    void add(Finding finding) {
        findings.add(finding);
        if (finding.refused() && policy == PrepareParameters.Preflight.Fail) {
            throw new InvalidInputException(
                    Reason.InvalidDataset, finding.sentence() + "; 'preflight: Warn' prepares it as it is");
        }
    }

    /** What was found, for the result; empty when nothing was compared. */
    Map<String, String> facts() {
        if (findings.isEmpty()) {
            return Map.of();
        }
        List<String> wrong = findings.stream()
                .filter(finding -> !finding.ok())
                .map(Finding::sentence)
                .toList();
        String told = wrong.isEmpty()
                ? "the views of all " + findings.size() + " scenes agree"
                : wrong.size() + " of " + findings.size() + " scenes are not good. "
                        + String.join(". ", wrong.subList(0, Math.min(TOLD, wrong.size())));
        return Map.of(Fact.PREFLIGHT, told);
    }
}
