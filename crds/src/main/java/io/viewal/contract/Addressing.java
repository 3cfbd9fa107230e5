package io.viewal.contract;

/** How a request names its bucket. */
@SuppressWarnings("MemberName") // The names are the YAML's.
public enum Addressing {
    /** {@code https://host/bucket/key}. */
    Path,

    /** {@code https://bucket.host/key}. */
    VirtualHost
}
