package io.viewal.worker.dataset.importer.source;

import java.util.Arrays;
import java.util.Locale;

/** Numbers separated by white space, as matrices are written; also the {@code inf} and {@code nan} of C. */
public final class NumberText {

    private NumberText() {}

    /** @throws IllegalArgumentException when there are not {@code count} numbers */
    public static double[] parse(String text, int count) {
        String[] tokens = text.strip().split("\\s+");
        if (tokens.length != count) {
            throw new IllegalArgumentException("it has " + tokens.length + " numbers, expected " + count);
        }
        return Arrays.stream(tokens).mapToDouble(NumberText::number).toArray();
    }

    private static double number(String token) {
        return switch (token.toLowerCase(Locale.ROOT)) {
            case "inf", "+inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            case "nan", "-nan", "+nan" -> Double.NaN;
            default -> Double.parseDouble(token);
        };
    }
}
