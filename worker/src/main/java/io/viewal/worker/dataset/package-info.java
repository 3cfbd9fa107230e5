/**
 * Posed RGB-D scenes in memory and on disk: frames, cameras, depth, superpixels and labels; importers; synthetic
 * scenes. Imports the contract, the JDK and, for superpixels, OpenCV.
 */
package io.viewal.worker.dataset;
