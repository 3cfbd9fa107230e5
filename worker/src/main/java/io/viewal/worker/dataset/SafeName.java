package io.viewal.worker.dataset;

import java.util.regex.Pattern;

/** The rule for names of scenes and frames, which become names of files and objects. */
public final class SafeName {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    private SafeName() {}

    /** True for letters, digits and {@code . _ -}, starting with a letter or digit. */
    public static boolean isSafe(String name) {
        return NAME.matcher(name).matches();
    }
}
