package io.viewal.worker.labeling;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A key for each class: a letter of its name where one is free, then any letter, then digits; the last may get none. */
final class Hotkeys {

    private static final String KEYS = "abcdefghijklmnopqrstuvwxyz123456789";

    private Hotkeys() {}

    /** The keys in the order of the classes; an empty text for a class without. */
    static List<String> of(List<String> classes) {
        Set<String> free = new LinkedHashSet<>(List.of(KEYS.split("")));
        List<String> keys = new ArrayList<>();
        for (String name : classes) {
            String wanted = name.toLowerCase(Locale.ROOT) + KEYS;
            String key = wanted.chars()
                    .mapToObj(Character::toString)
                    .filter(free::contains)
                    .findFirst()
                    .orElse("");
            free.remove(key);
            keys.add(key);
        }
        return keys;
    }
}
