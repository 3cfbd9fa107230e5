package io.viewal.contract;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A round of an experiment, as it is to be made.
 *
 * @param name see {@link ExperimentRun}
 * @param number of the round in its run, from 0
 * @param measures true of the round that ends after its training, as it only measures what was labeled
 * @param spec of the {@code ActiveLearningRound}
 */
public record PlannedRound(String name, String arm, long seed, int number, boolean measures, ObjectNode spec) {

    /** The round as the command line runs it. */
    public RoundDeclaration declaration() {
        return ContractJson.mapper().convertValue(spec, RoundDeclaration.class);
    }
}
