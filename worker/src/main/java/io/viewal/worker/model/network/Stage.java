package io.viewal.worker.model.network;

/**
 * A row of a backbone's table: blocks alike, but that the first one alone has the stride.
 *
 * @param expansion channels inside a block for one of its input
 * @param channels of its output
 * @param kernel of the depthwise convolution
 * @param stride of the original, which ends at a thirty-second of the image
 */
record Stage(int expansion, int channels, int blocks, int kernel, int stride) {}
