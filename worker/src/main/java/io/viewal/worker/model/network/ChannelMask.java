package io.viewal.worker.model.network;

/**
 * The channels of the backbone's two outputs that channel dropout keeps.
 *
 * @param low of the 24 low-level channels, those that are kept
 * @param high of the 320 high-level channels, those that are kept
 */
public record ChannelMask(boolean[] low, boolean[] high) {}
