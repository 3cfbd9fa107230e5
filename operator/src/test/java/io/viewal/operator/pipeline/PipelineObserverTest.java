package io.viewal.operator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.viewal.contract.Owner;
import io.viewal.operator.condition.Reason;
import io.viewal.operator.condition.Verdict;
import io.viewal.operator.job.OwnedJobs;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

class PipelineObserverTest {

    private final PipelineObserver observer = new PipelineObserver(null, null, Clock.systemUTC());

    @Test
    void tellsOfADefectInTheStatus() {
        Observed observed = observe(new IllegalArgumentException("bucket name 'a..b'"));
        assertThat(observed).isInstanceOfSatisfying(Observed.Blocked.class, blocked -> {
            assertThat(blocked.verdict().kind()).isEqualTo(Verdict.Kind.STALLED);
            assertThat(blocked.verdict().reason()).isEqualTo(Reason.InternalError);
            assertThat(blocked.verdict().message()).contains("bucket name 'a..b'");
        });
    }

    @Test
    void leavesTheApiServersErrorsToTheRetryOfTheTurn() {
        KubernetesClientException failure = new KubernetesClientException("conflict");
        assertThatThrownBy(() -> observe(failure)).isSameAs(failure);
    }

    private Observed observe(RuntimeException failure) {
        return observer.observe(
                new Owner("ActiveLearningRound", "tests", "round-0", "uid"),
                contents -> {
                    throw failure;
                },
                new Records(List.of()),
                OwnedJobs.of("uid", List.of(), List.of()),
                result -> List.of());
    }
}
