package io.viewal.operator.pipeline;

import static java.util.Objects.requireNonNullElse;

import io.viewal.api.v1alpha1.StoreReference;
import io.viewal.contract.StoreKeys;
import io.viewal.operator.condition.Reason;
import io.viewal.operator.condition.Verdict;
import java.util.List;
import java.util.Optional;

/** Holds the keys that a spec names to the namespace's own part of the store and the prefixes that its class shares. */
public final class KeyAdmission {

    private final Setting setting;
    private final String namespace;

    public KeyAdmission(Setting setting, String namespace) {
        this.setting = setting;
        this.namespace = namespace;
    }

    /**
     * Why a key may not be read; empty when it may.
     *
     * @param who reads it, as the message begins
     */
    public Optional<Verdict> refusal(String who, String key) {
        StoreReference store = setting.store();
        List<String> shared = requireNonNullElse(setting.roundClass().store().sharedPrefixes(), List.of());
        String own = StoreKeys.join(requireNonNullElse(store.prefix(), ""), namespace);
        if (liesUnder(key, own) || shared.stream().anyMatch(prefix -> liesUnder(key, prefix))) {
            return Optional.empty();
        }
        return Optional.of(Verdict.stalled(
                Reason.KeyNotAllowed,
                "%s reads s3://%s/%s, which lies neither under '%s' nor under a prefix that RoundClass '%s' shares %s:"
                                .formatted(who, store.bucket(), key, own, setting.className(), shared)
                        + " put it there, or have its prefix added to store.sharedPrefixes"));
    }

    private static boolean liesUnder(String key, String prefix) {
        boolean leadsOut = List.of(key.split("/")).contains("..");
        return !leadsOut && (key.equals(prefix) || key.startsWith(prefix + "/"));
    }
}
