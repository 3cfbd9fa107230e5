package io.viewal.contract;

/**
 * The labels that a round without a previous one starts from.
 *
 * @param source where they come from
 * @param key of the label set, relative to the root of the store; of {@link Source#Reference} alone
 * @param sha256 lower-case hexadecimal SHA-256 of the label set; of {@link Source#Reference} alone
 */
public record RoundLabels(Source source, String key, String sha256) {

    public RoundLabels {
        if (source == null) {
            throw new IllegalArgumentException(
                    "labels.source is missing: expected SeedSet, FullSupervision or Reference");
        }
        boolean whole = key != null && sha256 != null;
        if (source == Source.Reference && !whole) {
            throw new IllegalArgumentException(
                    "labels.source Reference needs labels.key and labels.sha256: say which label set is meant");
        }
        if (source != Source.Reference && (key != null || sha256 != null)) {
            throw new IllegalArgumentException("labels.key and labels.sha256 are of labels.source Reference, and it is "
                    + source + ": leave them out, or write Reference");
        }
    }

    /** Where labels come from. */
    @SuppressWarnings("MemberName") // The names are the YAML's.
    public enum Source {
        /** The data set's seed set. */
        SeedSet,

        /** Every labeled pixel of the train split, as if all of it had been asked for: the upper bound of any selection. */
        FullSupervision,

        /** A label set in the store. */
        Reference
    }

    /** The label set that is referred to; its size is not known. */
    public ArtifactRef reference() {
        return new ArtifactRef(key, null, sha256);
    }
}
