package io.viewal.operator.pipeline;

import io.viewal.api.v1alpha1.RoundClassSpec;
import io.viewal.api.v1alpha1.StoreReference;
import io.viewal.contract.StoreLocation;
import io.viewal.operator.job.Inherited;
import io.viewal.operator.stage.RetryPolicy;
import java.time.Duration;

/**
 * The class that work is done with.
 *
 * @param className name of the class
 * @param roundClass as it is now
 * @param store as the class said when the work began
 * @param inherited what Jobs and pods take over from the resource
 * @param admits true when the class is for the resource's namespace
 */
public record Setting(
        String className, RoundClassSpec roundClass, StoreReference store, Inherited inherited, boolean admits) {

    /** The store as workers are told it. */
    public StoreLocation location() {
        return new StoreLocation(store.endpoint(), store.bucket(), store.prefix(), store.region(), store.addressing());
    }

    RetryPolicy retryPolicy() {
        RoundClassSpec.Retry retry = roundClass.retry();
        return new RetryPolicy(
                retry.maxAttempts(),
                Duration.ofSeconds(retry.backoffSeconds()),
                Duration.ofSeconds(roundClass.stallSeconds()));
    }
}
