package io.viewal.operator.pipeline;

import io.viewal.contract.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Who has just launched what: caches hear of a Job only some time after it was made, and two must not make the same. */
final class RecentLaunches {

    private static final Duration CACHED_BY_THEN = Duration.ofSeconds(5);

    private record Launch(Owner owner, Instant cached) {}

    private final Map<String, Launch> launches = new ConcurrentHashMap<>();

    /**
     * Notes that an owner launches the making of a result, unless another one just did.
     *
     * @return who launches it: the owner itself, or the other one
     */
    Owner note(String result, Owner owner, Instant now) {
        launches.values().removeIf(launch -> launch.cached().isBefore(now));
        return launches.compute(
                        result,
                        (key, launch) -> launch == null || launch.owner().equals(owner)
                                ? new Launch(owner, now.plus(CACHED_BY_THEN))
                                : launch)
                .owner();
    }
}
