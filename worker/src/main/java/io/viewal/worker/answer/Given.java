package io.viewal.worker.answer;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** What somebody said of a region. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Given.OneClass.class, name = "OneClass"),
    @JsonSubTypes.Type(value = Given.Painted.class, name = "Painted"),
    @JsonSubTypes.Type(value = Given.Skipped.class, name = "Skipped"),
    @JsonSubTypes.Type(value = Given.Withdrawn.class, name = "Withdrawn")
})
public sealed interface Given {

    /** All of the region shows one class, by its name. */
    record OneClass(String label) implements Given {}

    /**
     * The region shows several classes.
     *
     * @param png class ids at the size of the frame, 8-bit grey; 255 outside of the region and where it shows no class
     * @param names of the classes that are in it, by id
     */
    record Painted(byte[] png, Map<Integer, String> names) implements Given {

        public Painted {
            names = Collections.unmodifiableSortedMap(new TreeMap<>(names));
        }
    }

    /**
     * The region can't be labeled and goes back to the pool.
     *
     * @param note in the annotator's words; may be empty
     */
    record Skipped(Reason reason, String note) implements Given {}

    /** The annotator took back what they had said. */
    record Withdrawn() implements Given {}

    /** Why a region is skipped. */
    @SuppressWarnings("MemberName") // The names are those of the JSON.
    enum Reason {
        /** Nobody can tell what it shows. */
        Unclear,
        /** It shows none of the classes. */
        NoClass,
        /** Its outline is not worth drawing in. */
        BadOutline,
        /** What the note says. */
        Other
    }
}
