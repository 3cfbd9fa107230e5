/**
 * Turns scenes, given or synthetic, into a prepared data set: working size, superpixels, splits, seed frames, manifest.
 * Imports the packages below {@code dataset}, the contract and the JDK; the overlap index comes in through {@link
 * io.viewal.worker.dataset.prepare.OverlapBuilder}.
 */
package io.viewal.worker.dataset.prepare;
