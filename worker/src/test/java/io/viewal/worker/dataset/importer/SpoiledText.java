package io.viewal.worker.dataset.importer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A text of which one thing is changed.
 *
 * @param json whether its fields have names; else they are its words
 */
record SpoiledText(String text, boolean json, Random random) {

    private static final String VALUE =
            "\"[^\"]*\"|-?[0-9][0-9.eE+-]*|true|false|\\[[^\\[\\]{}]*]|\\[(\\s*\\[[^\\[\\]]*],?)+\\s*]";
    private static final Pattern FIELD = Pattern.compile("\"(?<name>\\w+)\"\\s*:\\s*(?<value>" + VALUE + ")\\s*,?");
    private static final Pattern WORD = Pattern.compile("(?<name>)(?<value>[^\\s,]+)");
    private static final Pattern NUMBER =
            Pattern.compile("(?<![\\w.])-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?(?![\\w.])");
    private static final double[] FACTORS = {-1, 0.1, 0.5, 2, 10, 1000};

    String by(Mutation mutation) {
        return switch (mutation) {
            case LINE_DROPPED, LINES_EXCHANGED -> lines(mutation);
            case NUMBER_SCALED -> spoiled(NUMBER, mutation);
            default -> spoiled(json ? FIELD : WORD, mutation);
        };
    }

    private String lines(Mutation mutation) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        if (lines.isEmpty()) {
            return text;
        }
        int line = random.nextInt(lines.size());
        if (mutation == Mutation.LINE_DROPPED) {
            lines.remove(line);
        } else {
            Collections.swap(lines, line, random.nextInt(lines.size()));
        }
        return String.join("\n", lines) + "\n";
    }

    private String spoiled(Pattern pattern, Mutation mutation) {
        List<MatchResult> places = pattern.matcher(text).results().toList();
        if (places.isEmpty()) {
            return text;
        }
        MatchResult place = places.get(random.nextInt(places.size()));
        return text.substring(0, place.start()) + replacement(place, mutation) + text.substring(place.end());
    }

    private String replacement(MatchResult place, Mutation mutation) {
        String found = place.group();
        return switch (mutation) {
            case FIELD_DROPPED -> "";
            case FIELD_DOUBLED ->
                json ? otherwise(place) + (found.endsWith(",") ? " " : ", ") + found : found + " " + found;
            case FIELD_RENAMED ->
                json ? found.replaceFirst(place.group("name"), place.group("name") + "_x") : found + "x";
            case FIELD_RETYPED -> found.replace(place.group("value"), retyped(place.group("value")));
            default -> String.valueOf(FACTORS[random.nextInt(FACTORS.length)] * Double.parseDouble(found));
        };
    }

    /** The same field with another value, where it is a number. */
    private static String otherwise(MatchResult place) {
        String value = place.group("value");
        return NUMBER.matcher(value).matches()
                ? place.group().replace(value, String.valueOf(1 + Double.parseDouble(value)))
                : place.group();
    }

    private String retyped(String value) {
        if (!json) {
            return "\"" + value + "\"";
        }
        return switch (value.charAt(0)) {
            case '"' -> "17";
            case '[' -> "{}";
            default -> "\"" + value + "\"";
        };
    }
}
