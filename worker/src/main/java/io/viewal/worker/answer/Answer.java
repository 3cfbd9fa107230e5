package io.viewal.worker.answer;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.viewal.worker.artifact.Effort;
import io.viewal.worker.dataset.Region;
import java.time.Instant;

/**
 * One answer of a person, an object of the {@link AnswerLog}: JSON, version {@value #VERSION}.
 *
 * @param id made where the answer was given; an answer that is sent twice has one id
 * @param annotator a name, or what stands for one
 * @param at by the clock of the page's server
 * @param effort clicks and keys, and seconds of work with idle time cut
 * @param target what was asked
 * @param given what was said
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Answer(int version, String id, String annotator, Instant at, Effort effort, Target target, Given given) {

    public static final int VERSION = 1;

    /**
     * A region as it was shown.
     *
     * @param region as {@link Region#parse} reads it
     * @param regionDigest see {@link Asked}
     * @param imageDigest SHA-256 of the frame: uint8 [height, width, 3]
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Target(String scene, String frame, String region, String regionDigest, String imageDigest) {}

    public Answer(String id, String annotator, Instant at, Effort effort, Target target, Given given) {
        this(VERSION, id, annotator, at, effort, target, given);
    }
}
