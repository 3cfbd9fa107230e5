package io.viewal.worker.dataset;

/**
 * A posed view of a scene; its pixels lie in the scene's arrays at the frame's index.
 *
 * @param name unique in its scene; names files, so it holds letters, digits and {@code . _ -} alone
 */
public record Frame(String name, Intrinsics intrinsics, CameraPose pose) {}
