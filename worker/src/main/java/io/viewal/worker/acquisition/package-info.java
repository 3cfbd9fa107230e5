/**
 * Acquisition strategies: which regions are most worth labeling, and by which rule they are chosen. Imports the data set's
 * records, the geometry, the kernels, and the rules of selection.
 */
package io.viewal.worker.acquisition;
