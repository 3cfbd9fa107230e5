/**
 * Cross-projection between the frames of a scene: which pixels see the same surface. Imports the data set's records and
 * the kernels.
 */
package io.viewal.worker.geometry;
