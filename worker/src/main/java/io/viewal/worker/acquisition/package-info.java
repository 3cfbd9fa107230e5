/**
 * Acquisition strategies: which regions are most worth labeling. Imports the data set's records, the geometry and the
 * kernels.
 */
package io.viewal.worker.acquisition;
