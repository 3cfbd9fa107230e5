package io.viewal.worker.dataset.check;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A fault that the data may have, and what undoes it.
 *
 * @param fault its kind
 * @param problem what is wrong, a clause
 * @param fix what to write, a clause
 * @param correction what the views would be without it
 */
record Hypothesis(Fault fault, String problem, String fix, UnaryOperator<List<View>> correction) {

    Agreement agreement(List<View> views) {
        return AgreementMeter.measure(correction.apply(views));
    }
}
