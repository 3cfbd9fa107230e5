package io.viewal.worker.dataset.importer;

/** What became of a spoiled source. */
enum Outcome {
    /** An error for people. */
    REFUSED,
    /** The same frames: what was spoiled has no meaning. */
    SAME,
    /** Less, and the report says what is missing. */
    TOLD,
    /** Other frames, and the check of the views does not call them good. */
    CHECKED,
    /** Less, and nothing says so. */
    VANISHED,
    /** Other frames, and nothing says so. */
    UNNOTICED
}
