package io.viewal.operator.stage;

import io.viewal.operator.condition.Verdict;
import java.time.Duration;
import java.util.Optional;

/**
 * What follows from an observation.
 *
 * @param record what is to be remembered
 * @param recheck when to look again though nothing happened
 */
public record StagePlan(StageRecord record, StageAction action, Verdict verdict, Optional<Duration> recheck) {}
