package io.viewal.operator.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.Condition;
import io.viewal.contract.StageFailure;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ConditionsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00.123Z");

    private static List<Condition> conditions(List<Condition> before, Verdict verdict, Instant now) {
        return new Conditions(before, 3L, now).add(verdict).list();
    }

    @ParameterizedTest
    @CsvSource({
        "PROGRESSING, False, True, False",
        "STALLED, False, False, True",
        "HELD, False, False, False",
        "FAILED, False, False, True",
        "COMPLETE, True, False, False"
    })
    void speaksAsKstatusReads(Verdict.Kind kind, String ready, String reconciling, String stalled) {
        assertThat(conditions(null, new Verdict(kind, Reason.Running, "text"), NOW))
                .extracting(Condition::getType, Condition::getStatus)
                .containsExactly(tuple("Ready", ready), tuple("Reconciling", reconciling), tuple("Stalled", stalled));
    }

    @Test
    void movesTheTransitionTimeOnlyWithTheStatus() {
        List<Condition> before = conditions(null, Verdict.progressing(Reason.Running, "text"), NOW);
        List<Condition> after =
                conditions(before, Verdict.stalled(Reason.ImagePullFailing, "other"), NOW.plusSeconds(60));
        assertThat(after)
                .extracting(Condition::getType, Condition::getLastTransitionTime)
                .containsExactly(
                        tuple("Ready", "2026-01-01T12:00:00Z"),
                        tuple("Reconciling", "2026-01-01T12:01:00Z"),
                        tuple("Stalled", "2026-01-01T12:01:00Z"));
    }

    @ParameterizedTest
    @EnumSource(StageFailure.Reason.class)
    void hasAReasonForEveryFailureOfAWorker(StageFailure.Reason reason) {
        assertThat(Reason.of(reason).name()).isEqualTo(reason.name());
    }
}
