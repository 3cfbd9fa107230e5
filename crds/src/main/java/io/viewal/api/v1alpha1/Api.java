package io.viewal.api.v1alpha1;

/** Names that all kinds of this version share. */
public final class Api {

    /** The API group. */
    public static final String GROUP = "viewal.io";

    /** The API version. */
    public static final String VERSION = "v1alpha1";

    static final String READY_STATUS = ".status.conditions[?(@.type==\"Ready\")].status";
    static final String READY_REASON = ".status.conditions[?(@.type==\"Ready\")].reason";
    static final String READY_MESSAGE = ".status.conditions[?(@.type==\"Ready\")].message";

    /** What a name of another resource looks like. */
    static final String NAME = "^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$";

    static final int NAME_LENGTH = 63;

    private Api() {}
}
