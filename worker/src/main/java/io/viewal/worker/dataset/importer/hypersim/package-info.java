/**
 * Hypersim: trajectories with images in HDF5. Alone in using the HDF5 reader. Imports {@code dataset}, {@code
 * dataset.interchange}, {@code importer.source} and the JDK.
 */
package io.viewal.worker.dataset.importer.hypersim;
