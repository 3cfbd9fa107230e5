package io.viewal.worker.cli;

import io.viewal.worker.artifact.EvaluationJson;
import io.viewal.worker.artifact.MetricsJson.Figures;
import java.io.PrintWriter;
import java.util.Locale;

/** An evaluation as people read it. */
record EvaluationTable(EvaluationJson evaluation) {

    void print(PrintWriter out) {
        Figures figures = evaluation.figures();
        out.printf(
                Locale.ROOT,
                "%n%s, split %s: %d frames, %d labeled pixels%n%n",
                evaluation.model(),
                evaluation.split(),
                evaluation.frames(),
                evaluation.pixels());
        figure(out, "accuracy", figures.accuracy());
        figure(out, "mean class accuracy", figures.classAccuracy());
        figure(out, "mean IoU", figures.meanIoU());
        figure(out, "frequency-weighted IoU", figures.frequencyWeightedIoU());
        evaluation
                .subsets()
                .forEach((name, subset) -> figure(
                        out,
                        "mean IoU of " + name + " (" + subset.ids().length + " classes)",
                        subset.figures().meanIoU()));
        out.printf("%n%4s  %-24s %12s %12s %9s%n", "ID", "CLASS", "LABELED", "PREDICTED", "IOU");
        for (int id = 0; id < evaluation.classes().size(); id++) {
            long labeled = 0;
            long predicted = 0;
            for (int other = 0; other < evaluation.classes().size(); other++) {
                labeled += evaluation.confusion()[id][other];
                predicted += evaluation.confusion()[other][id];
            }
            out.printf(
                    "%4d  %-24s %12d %12d %9s%n",
                    id, evaluation.classes().get(id), labeled, predicted, percent(figures.classIoU()[id]));
        }
        out.flush();
    }

    private static void figure(PrintWriter out, String name, double share) {
        out.printf("%-44s %9s%n", name, percent(share));
    }

    private static String percent(double share) {
        return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }
}
