package io.viewal.worker.dataset.interchange;

import java.util.ArrayList;
import java.util.List;

/** The rule that keeps the paths of a {@code transforms.json} inside the scene's folder. */
final class RelativePath {

    private RelativePath() {}

    /**
     * The path without {@code .} segments, with {@code /} between segments.
     *
     * @throws IllegalArgumentException when it is empty, absolute, has {@code ..}, a backslash or a control character
     */
    static String normalize(String path) {
        if (path.isBlank() || path.startsWith("/") || path.matches("[A-Za-z]:.*")) {
            throw new IllegalArgumentException("the path is not relative to the scene's folder");
        }
        if (path.chars().anyMatch(c -> c == '\\' || c < ' ')) {
            throw new IllegalArgumentException(
                    "the path has a backslash or a control character; use / between folders");
        }
        List<String> segments = new ArrayList<>();
        for (String segment : path.split("/")) {
            if (segment.equals("..")) {
                throw new IllegalArgumentException("the path leaves the scene's folder; files must lie inside it");
            }
            if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
        }
        if (segments.isEmpty()) {
            throw new IllegalArgumentException("the path names no file");
        }
        return String.join("/", segments);
    }

    /** File name without its folder and its last extension. */
    static String stem(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
