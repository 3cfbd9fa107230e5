package io.viewal.worker.dataset.prepare;

/** A frame that could not be read, and why: a sentence with scene, frame and file. */
public record LeftOut(String frame, String reason) {}
