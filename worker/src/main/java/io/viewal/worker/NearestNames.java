package io.viewal.worker;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Which known names a misspelled one may stand for: those at a Levenshtein distance of two at most, case and punctuation aside. */
public final class NearestNames {

    private static final int FARTHEST = 2;
    /** Names so short are near to all others. */
    private static final int SHORT = 5;

    private NearestNames() {}

    /** The nearest first; empty when none is near. */
    public static List<String> of(String name, Collection<String> known) {
        String plain = plain(name);
        return known.stream()
                .filter(other -> near(plain, plain(other)))
                .sorted(Comparator.comparingInt((String other) -> distance(plain, plain(other)))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    private static boolean near(String name, String known) {
        int most = Math.min(name.length(), known.length()) < SHORT ? 0 : FARTHEST;
        return Math.abs(name.length() - known.length()) <= most && distance(name, known) <= most;
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    /** How many letters must be put in, left out or replaced to make one of the other. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
