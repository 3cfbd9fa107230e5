package io.viewal.contract;

import java.util.regex.Pattern;

/** The rule that keeps object keys inside their prefix. */
public final class StoreKeys {

    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._=+-]*");

    private StoreKeys() {}

    /**
     * Returns the key when it is relative and each of its segments starts with a letter, digit or _ and holds letters,
     * digits and {@code . _ = + -} alone.
     *
     * @throws IllegalArgumentException when a segment is empty, {@code ..} or has another character
     */
    public static String requireSafe(String key) {
        for (String segment : key.split("/", -1)) {
            if (!SEGMENT.matcher(segment).matches()) {
                throw new IllegalArgumentException("Object key '" + key + "' has the segment '" + segment
                        + "': expected letters, digits and . _ = + - starting with a letter, digit or _");
            }
        }
        return key;
    }

    /** Joins the parts with {@code /}, leaving out empty ones, and checks the result. */
    public static String join(String... parts) {
        StringBuilder key = new StringBuilder();
        for (String part : parts) {
            if (!part.isEmpty()) {
                key.append(key.isEmpty() ? "" : "/").append(part);
            }
        }
        return requireSafe(key.toString());
    }
}
