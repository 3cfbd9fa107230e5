package io.viewal.worker.cli;

import io.viewal.contract.PlannedRound;
import io.viewal.contract.Stage;
import io.viewal.contract.StageProgress;
import io.viewal.worker.stage.ProgressListener;

/** How far rounds have come: a line a stage, and of an experiment a line an arm. */
final class RunProgress implements ProgressListener {

    private final ProgressLine line;
    private String arm = "";
    private int total;
    private int begun;
    private String round = "";

    RunProgress(ProgressLine line) {
        this.line = line;
    }

    /** The rounds of an arm follow. */
    void begin(String name, int rounds) {
        arm = name;
        total = rounds;
        begun = 0;
    }

    /** A round follows. */
    void round(PlannedRound next) {
        begun++;
        round = "seed %d, round %d".formatted(next.seed(), next.number());
        line.show(arm, begun - 1, total, "rounds", round);
    }

    @Override
    public void progress(Stage stage, StageProgress progress) {
        if (arm.isEmpty()) {
            line.show(stage.key(), progress.done(), progress.total(), progress.unit(), progress.message());
        } else {
            line.show(arm, begun - 1, total, "rounds", round + ": " + stage.key() + ", " + progress.message());
        }
    }

    /** The arm has ended, for this reason. */
    void end(String reason) {
        line.show(arm, total, total, "rounds", reason);
        arm = "";
    }
}
